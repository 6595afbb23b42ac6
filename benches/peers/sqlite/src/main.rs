//! Asks SQLite who belonged to a bloc on a day, as fast as it can be asked: in process, in memory, prepared, a covering index,
//! numbers for names.
//!
//! `sqlite-asked SPELLS.csv BLOCS SECONDS` prints questions a second and rows an answer. The rows are bloc, party, first and
//! last day; a fourth argument `distinct` says that a party may have several of a day.

use std::error::Error;
use std::fs;
use std::time::Instant;

use rusqlite::Connection;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let (path, blocs, seconds, distinct) = match &arguments[..] {
        [_, path, blocs, seconds] => (path, blocs, seconds, ""),
        [_, path, blocs, seconds, distinct] if distinct == "distinct" => (path, blocs, seconds, "distinct"),
        _ => return Err("SPELLS.csv BLOCS SECONDS [distinct]".into()),
    };
    let (blocs, seconds): (u64, f64) = (blocs.parse()?, seconds.parse()?);
    let connection = load(&fs::read_to_string(path)?)?;
    let mut members = connection.prepare(&format!(
        "select {distinct} party from spell where bloc = ?1 and first <= ?2 and last >= ?2"
    ))?;
    let (mut questions, mut rows, mut sum) = (0_u64, 0_u64, 0_i64);
    let begun = Instant::now();
    while questions % 64 != 0 || questions == 0 || begun.elapsed().as_secs_f64() < seconds {
        // The same questions as are asked of accede.
        let (bloc, day) = (questions * 7_919 % blocs, 715_000 + questions * 104_729 % 20_000);
        let mut answer = members.query((bloc as i64, day as i64))?;
        while let Some(row) = answer.next()? {
            sum = sum.wrapping_add(row.get::<_, i64>(0)?);
            rows += 1;
        }
        questions += 1;
    }
    let took = begun.elapsed().as_secs_f64();
    println!("{} {} {sum}", questions as f64 / took, rows as f64 / questions as f64);
    Ok(())
}

fn load(text: &str) -> Result<Connection, Box<dyn Error>> {
    let mut connection = Connection::open_in_memory()?;
    connection
        .execute_batch("create table spell (bloc integer, party integer, first integer, last integer)")?;
    let transaction = connection.transaction()?;
    {
        let mut insert = transaction.prepare("insert into spell values (?1, ?2, ?3, ?4)")?;
        for line in text.lines() {
            let numbers = line.split(',').map(str::parse).collect::<Result<Vec<i64>, _>>()?;
            insert.execute((numbers[0], numbers[1], numbers[2], numbers[3]))?;
        }
    }
    transaction.commit()?;
    connection.execute_batch("create index by_bloc on spell (bloc, first, last, party); analyze")?;
    Ok(connection)
}
