//! How each program is asked to do the work: accede, and each peer on the data made ready for it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::Program;
use crate::workload::{Day, day};

const BLOC: u32 = 7;

fn on() -> Day {
    day(2000, 1, 1)
}

/// The program under test.
#[derive(Clone, Debug)]
pub(crate) struct Accede {
    path: PathBuf,
}

impl Accede {
    pub(crate) fn new(path: PathBuf) -> Accede {
        Accede { path }
    }

    /// Members of one bloc on one day; from text alone if no folder for the compiled store is given.
    pub(crate) fn ask(&self, files: &Path, cache: Option<&Path>) -> Program {
        let question = format!("members of B{BLOC:04} on 2000-01-01");
        let program = Program::new(&self.path).with(["ask", "--format", "csv"]);
        let program = match cache {
            None => program.with(["--no-cache"]),
            Some(folder) => program.with(["--cache".as_ref(), folder.as_os_str()]),
        };
        program.with([&question]).with([files])
    }

    /// How many belong to a bloc on one day, from text alone.
    pub(crate) fn count(&self, bloc: &str, files: &Path) -> Program {
        let question = format!("count members of {bloc} on 2000-01-01");
        Program::new(&self.path).with(["ask", "--format", "csv", "--no-cache", &question]).with([files])
    }

    /// All findings, counted.
    pub(crate) fn check(&self, files: &Path) -> Program {
        Program::new(&self.path).with(["check", "--count"]).with([files]).may_end_with(&[0, 1])
    }

    /// What contradicts what alone, and what has to go.
    pub(crate) fn check_contradictions(&self, files: &Path) -> Program {
        self.check(files).with(["clash", "repeat", "order"].into_iter().flat_map(|it| ["--only", it]))
    }
}

/// Where `install.sh` put the peers.
#[derive(Clone, Debug)]
pub(crate) struct Peers {
    pub(crate) folder: PathBuf,
}

impl Peers {
    fn below(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// A module's file in Python's folder of packages.
    fn package(&self, path: &str) -> Option<PathBuf> {
        let libraries = self.below("venv/lib").read_dir().ok()?;
        libraries.flatten().map(|it| it.path().join("site-packages").join(path)).find(|it| it.exists())
    }

    fn python(&self, needs: &str) -> Option<Program> {
        self.package(needs)?;
        Some(Program::new(self.below("venv/bin/python")))
    }

    fn script(name: &str) -> String {
        format!("{}/benches/peers/{name}", env!("CARGO_MANIFEST_DIR"))
    }

    fn duckdb(&self, sql: &str) -> Option<Program> {
        let program = Program::new(self.package("duckdb_cli/duckdb")?);
        Some(program.with(["-init", "/dev/null", "-noheader", "-csv", ":memory:", sql]))
    }

    /// From CSV to the members of one bloc on one day.
    pub(crate) fn duckdb_members(&self, rows: &Path) -> Option<Program> {
        let table = csv(rows, "claims", "'party': 'varchar', 'bloc': 'varchar', 'kind': 'varchar'");
        self.duckdb(&format!(
            "select distinct party from {table} where bloc = 'B{BLOC:04}' and kind = 'member' \
             and first <= {on} and last >= {on} order by party",
            on = on()
        ))
    }

    /// From CSV to all overlapping rows, made and counted.
    pub(crate) fn duckdb_conflicts(&self, rows: &Path) -> Option<Program> {
        let table = |name| csv(rows, name, "'party': 'varchar', 'bloc': 'varchar'");
        let (member, outside) = (table("member"), table("outside"));
        let join = conflicts(&member, &outside);
        self.duckdb(&format!("create temp table conflict as {join}; select count(*) from conflict"))
    }

    pub(crate) fn sqlite_conflicts(&self, rows: &Path) -> Option<Program> {
        let sqlite = self.sqlite()?;
        let mut commands = vec![":memory:".to_owned()];
        for table in ["member", "outside"] {
            commands.push(format!("create table {table} (party text, bloc text, first int, last int)"));
            commands.push(format!(".import --csv --skip 1 {}/{table}.csv {table}", rows.display()));
        }
        commands.push("create index by_pair on outside (party, bloc, first, last)".into());
        commands.push(format!("create temp table conflict as {}", conflicts("member", "outside")));
        commands.push("select count(*) from conflict".into());
        Some(sqlite.with(commands))
    }

    /// Makes the file on which `sqlite_members` is asked.
    pub(crate) fn sqlite_ready(&self, rows: &Path) -> Option<Program> {
        let commands = [
            format!("{}/ready.db", rows.display()),
            "drop table if exists spell".into(),
            "create table spell (bloc int, party int, first int, last int)".into(),
            format!(".import --csv {}/spells.csv spell", rows.display()),
            "create index by_bloc on spell (bloc, first, last, party)".into(),
            "analyze".into(),
        ];
        Some(self.sqlite()?.with(commands))
    }

    /// The members of one bloc on one day, from a ready indexed file.
    pub(crate) fn sqlite_members(&self, rows: &Path) -> Option<Program> {
        let (path, on) = (format!("{}/ready.db", rows.display()), on());
        let sql = format!("select party from spell where bloc = {BLOC} and first <= {on} and last >= {on}");
        Some(self.sqlite()?.with([path, sql]))
    }

    /// Beside the other peers, or the system's.
    fn sqlite(&self) -> Option<Program> {
        let path = Some(self.below("bin/sqlite3")).filter(|it| it.exists()).unwrap_or("sqlite3".into());
        let found = Command::new(&path).arg("--version").output().is_ok_and(|it| it.status.success());
        found.then(|| Program::new(path).with(["-init", "/dev/null", "-batch"]))
    }

    /// Questions a second, in process: a row a claim, as the others have it, or a row a spell.
    pub(crate) fn sqlite_asked(&self, rows: &Path, blocs: u32, spells: bool) -> Option<Program> {
        let path = Some(self.below("bin/sqlite-asked")).filter(|it| it.exists())?;
        let (name, how) = if spells { ("spells", None) } else { ("stretches", Some("distinct")) };
        let path_of_rows = format!("{}/{name}.csv", rows.display());
        Some(Program::new(path).with([path_of_rows, blocs.to_string(), "2".into()]).with(how))
    }

    pub(crate) fn nemo_conflicts(&self, rows: &Path) -> Option<Program> {
        let rows = rows.to_string_lossy().into_owned();
        Some(self.python("nmo_python")?.with([Self::script("nemo.py"), rows]))
    }

    /// The rules of the workload `memberships`.
    pub(crate) fn nemo_rules(&self, rows: &Path) -> Option<Program> {
        let rows = rows.to_string_lossy().into_owned();
        Some(self.python("nmo_python")?.with([Self::script("nemo_rules.py"), rows]))
    }

    pub(crate) fn bean_check(&self, ledger: &Path) -> Option<Program> {
        let program = self.python("beancount")?.with(["-m", "beancount.scripts.check", "--no-cache"]);
        Some(program.with([ledger]).may_end_with(&[1]))
    }

    pub(crate) fn rustledger(&self, ledger: &Path) -> Option<Program> {
        let path = ["bin/rledger", "bin/rledger-check"].map(|it| self.below(it));
        let path = path.into_iter().find(|it| it.exists())?;
        Some(Program::new(path).with(["check", "--no-cache"]).with([ledger]).may_end_with(&[1]))
    }

    /// Proves the fewest claims to withdraw. The program of its own ends with 30: all was searched, and an answer found.
    pub(crate) fn clingo_repair(&self, facts: &Path) -> Option<Program> {
        let how = ["-m", "clingo", "--opt-strategy=usc", "--quiet=2,1,2", "--outf=0"];
        let program = self.python("clingo")?.with(how).with([Self::script("repair.lp")]);
        Some(program.with([facts]).may_end_with(&[0, 30]))
    }

    pub(crate) fn z3_repair(&self, facts: &Path) -> Option<Program> {
        Some(self.python("z3")?.with([Self::script("z3_repair.py")]).reading(facts))
    }
}

/// A file as a table of `DuckDB`; the types are told, so that it need not guess them.
fn csv(rows: &Path, name: &str, columns: &str) -> String {
    let path = rows.join(name);
    format!(
        "read_csv('{}.csv', header = true, auto_detect = false, delim = ',', \
         columns = {{{columns}, 'first': 'integer', 'last': 'integer'}})",
        path.display()
    )
}

fn conflicts(member: &str, outside: &str) -> String {
    format!(
        "select m.party, m.bloc, m.first as inside_from, m.last as inside_to, o.first as outside_from, \
         o.last as outside_to from {member} m join {outside} o \
         on m.party = o.party and m.bloc = o.bloc and m.first <= o.last and o.first <= m.last"
    )
}
