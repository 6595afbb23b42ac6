//! `accede panel`: a table for statistical software.

use super::{project, snapshot};

#[test]
fn tables() {
    let project = project("panel");
    let panels = [
        "CSTO every year from 2011-12-31 to 2013",
        "CIS, CSTO every month from 2012-12-31 to 2013-02 as published by 2012",
        "every day from 2012-12-18 to 2012-12-19",
        "CSTO every year from 2013 to 2012",
        "CSTX every year from 2012 to 2013",
        "every decade from 2012 to 2013",
        "CSTO on 2012",
        "",
    ];
    snapshot("panel", &panels.map(|it| project.run(&["panel", it])));
}

/// Each cell of the table is the row that the question about it has.
#[test]
fn says_what_questions_answer() {
    let project = project("panel-rows");
    let table = project.run(&["panel", "every month from 2011-11-15 to 2013-02"]).stdout();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(|it| it.expect("CSV")).collect();
    let question = |it: &csv::StringRecord| format!("status of {} in {} on {}\n", &it[1], &it[0], &it[2]);
    let questions: String = records.iter().map(question).collect();
    let answers = project.run(&["ask", "-"]).input(questions).stdout();
    assert!(records.len() > 50);
    for (record, line) in records.iter().zip(answers.lines()) {
        let answer: serde_json::Value = serde_json::from_str(line).unwrap();
        let row = &answer["answers"][0];
        let status: Vec<&str> =
            row["status"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        assert_eq!(record[3], status.join("|"), "{line}");
        assert_eq!(record[4], row["inside"].as_bool().map(|it| it.to_string()).unwrap_or_default(), "{line}");
        assert_eq!(&record[6], row["verdict"].as_str().unwrap(), "{line}");
    }
}
