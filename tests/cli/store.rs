//! The store of a large project: it never changes an answer, whatever has become of the files or of itself.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use super::{Folder, PROGRAM};

const FILES: usize = 12;
const ARTICLES: usize = 100;
const CLAIMS: usize = 10;
const QUESTIONS: [&str; 15] = [
    "members of B1 on 2001-01-01",
    "history of P3 in B2",
    "when was P5 member of B0",
    "members of B7 on 2003",
    "members of G on 1994",
    "members of G and not members of B1 on 2001-01-01",
    "history of P3 in G",
    "blocs of P1 on 2001-01-01",
    "changes in B2 between 2001 and 2003",
    "count members of B7 every year from 2000 to 2005",
    "members of B1 or former members of B1 on 2002-02-02",
    "why P3 in B2 on 2003-03-03",
    "did P3 join B2 before 2004",
    "members of B1 on 2001-01-01 as published by 2001-06",
    "history of P3 in B2 assuming P3 leaves B2 on 2004-04-04",
];

/// A file of articles, each claim different from the others by a walk over parties, blocs, verbs and days. Some use a name that
/// was in use for a time, not all of them in that time; or none does.
fn articles(file: usize, old_names: bool) -> String {
    let mut text = String::new();
    for article in 0..ARTICLES {
        let number = file * ARTICLES + article;
        text += &format!("article a{number} \"Report {number}\"\n  publisher \"Paper {}\"\n", number % 7);
        text += &format!("  published 2010-0{}-11\n", 1 + number % 9);
        for claim in 0..CLAIMS {
            let it = number * CLAIMS + claim;
            let verb = ["joins", "leaves", "member-of", "suspended from", "not member-of"][it % 5];
            let bloc = if old_names && it.is_multiple_of(397) { "Old" } else { "B" };
            text += &format!(
                "  P{} {verb} {bloc}{} on {}-{:02}-{:02}  @{}\n",
                it * 7 % 1201,
                it * 11 % 9,
                1990 + it % 19,
                1 + it % 12,
                1 + it % 28,
                claim + 1
            );
        }
    }
    text
}

fn vocabulary() -> String {
    let parties: String = (0..1201).map(|it| format!("party P{it}\n")).collect();
    let blocs: String = (0..9)
        .map(|it| format!("bloc B{it} \"The {it}th\"\n  also Old{it} until 2000\n  exists from 1980\n"))
        .collect();
    parties + &blocs + "group G = P1, P2 until 1995, P3 from 1994-06-01 until 2005\n"
}

/// What it is, the file, and its new text.
type Edit = (&'static str, &'static str, fn(String) -> String);

struct Project {
    folder: Folder,
}

impl Project {
    fn new(name: &str) -> Project {
        Project::of(name, true)
    }

    fn of(name: &str, old_names: bool) -> Project {
        // A folder below a work tree of git, whose `.git` is a file, is looked through each time.
        let mut folder = Folder::alone(name).file("claims/vocabulary.accede", vocabulary());
        for it in 0..FILES {
            folder = folder.file(&format!("claims/f{it:02}.accede"), articles(it, old_names));
        }
        Project { folder }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.0.join("claims").join(file)
    }

    fn edit(&self, file: &str, change: impl Fn(String) -> String) {
        let path = self.path(file);
        let text = fs::read_to_string(&path).unwrap_or_default();
        fs::write(&path, change(text)).unwrap();
    }

    fn kept(&self, extension: &str) -> Vec<PathBuf> {
        let files = fs::read_dir(self.folder.0.join("cache")).into_iter().flatten();
        let paths = files.map(|it| it.unwrap().path());
        paths.filter(|it| it.extension().is_some_and(|it| it == extension)).collect()
    }

    fn stores(&self) -> Vec<PathBuf> {
        self.kept("store")
    }

    /// Files that are old enough to be trusted, and their store.
    fn settled(name: &str) -> Project {
        let project = Project::new(name);
        thread::sleep(Duration::from_millis(100));
        project.answers_are_right("as it was");
        project
    }

    /// The only answer that is kept.
    fn answer(&self) -> PathBuf {
        let answers = self.kept("answer");
        assert_eq!(answers.len(), 1);
        answers[0].clone()
    }

    /// The answers are those of reading everything, and stay so when asked again.
    fn answers_are_right(&self, when: &str) {
        self.are_right(when, &QUESTIONS[..1]);
    }

    fn are_right(&self, when: &str, questions: &[&str]) {
        for question in questions {
            let ask = |options: &[&str]| {
                let run =
                    self.folder.run(&[&["ask", question, "claims", "--format", "json"], options].concat());
                (run.stdout(), run.stderr(), run.code())
            };
            let right = ask(&["--no-cache"]);
            for time in ["first", "second"] {
                assert_eq!(ask(&["--cache", "cache"]), right, "{when}: {question}, the {time} time");
            }
            // Of one question claims on other blocs are not kept; a stream of questions reads all of them.
            let line = |question: &str| {
                let run = self.folder.run(&["ask", question, "claims", "--format", "jsonl", "--no-cache"]);
                (run.stdout(), run.stderr())
            };
            let all =
                self.folder.run(&["ask", "-", "claims", "--format", "jsonl"]).input(format!("{question}\n"));
            assert_eq!(line(question), (all.stdout(), all.stderr()), "{when}: {question}");
        }
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder.0);
    }
}

/// As it was, edited in every way, and mended again.
#[test]
fn a_store_never_changes_an_answer() {
    edited_in_every_way(&Project::new("store-edits"));
}

/// The same where no file has to be read again for what is wrong with it and another one.
#[test]
fn a_store_is_of_use_when_files_are_edited() {
    let reads_all = edited_in_every_way(&Project::of("store-edits-alone", false));
    let told_with_others = ["a name out of use", "a name twice"];
    let vocabulary = ["a party of its own", "a bloc as a party", "a bloc ends"];
    assert_eq!(reads_all, [told_with_others.as_slice(), &vocabulary].concat());
}

/// After which edits everything was read again, and another store was written.
fn edited_in_every_way(project: &Project) -> Vec<&'static str> {
    project.are_right("as it was", &QUESTIONS);
    let store = &project.stores()[0];
    let mut reads_all = Vec::new();
    let edits: [Edit; 13] = [
        ("another day", "f03.accede", |it| it.replace("1990-", "1991-")),
        ("another party", "f03.accede", |it| it.replace("P3 ", "P5 ")),
        ("a name out of use", "f04.accede", |it| it + "  P1 leaves Old1 on 2009-01-01\n"),
        ("fewer claims", "f11.accede", |it| {
            it.lines().filter(|it| !it.contains(" B1 ")).collect::<Vec<_>>().join("\n")
        }),
        ("a wrong line", "f00.accede", |it| it + "  P1 wobbles B1 on 2000\n"),
        ("more trust", "f05.accede", |it| it.replacen("  published", "  trust 3\n  published", 40)),
        ("another publisher", "f05.accede", |it| it.replace("Paper 3", "Paper 4")),
        ("another name", "f07.accede", |it| it.replacen("article a7", "article b7", 1)),
        ("a name twice", "f08.accede", |it| it.replacen("article a800", "article a1", 1)),
        ("a party of its own", "f09.accede", |it| format!("party Q\narticle q\n  Q joins B1 in 1995\n{it}")),
        ("a bloc as a party", "f10.accede", |it| it + "  B3 joins B1 in 1995\n"),
        ("a bloc ends", "vocabulary.accede", |it| it.replace("exists from 1980", "exists from 1980 to 2002")),
        ("only", "f02.accede", |it| it + "  only P1 and P2 member-of B1 on 2001-01-01\n"),
    ];
    for (what, file, change) in edits {
        let before = fs::read_to_string(project.path(file)).unwrap();
        let written = fs::metadata(store).unwrap().modified().unwrap();
        project.edit(file, change);
        project.answers_are_right(what);
        if fs::metadata(store).unwrap().modified().unwrap() != written {
            reads_all.push(what);
        }
        project.edit(file, |_| before.clone());
        project.answers_are_right("taken back");
    }
    project.are_right("all taken back", &QUESTIONS);
    project.edit("f99.accede", |_| "article new\n  P1 leaves B1 on 2000-12-31\n".into());
    project.answers_are_right("another file");
    fs::remove_file(project.path("f01.accede")).unwrap();
    project.answers_are_right("a file less");
    reads_all
}

/// What was found below the folder is not looked for again where nothing says that other files would be found.
#[test]
fn other_files_are_found() {
    let project = Project::new("store-listing");
    let root = &project.folder.0;
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let claim = |party: &str| format!("article of-{party}\n  {party} joins B1 on 1990-01-01\n");
    write("claims/more/a.accede", &claim("P1"));
    write("claims/.ignore", "nothing\n");
    write(".git/info/exclude", "nothing\n");
    let steps: [(&str, &dyn Fn()); 11] = [
        ("as it was", &|| ()),
        ("a file comes", &|| write("claims/b.accede", &claim("P2"))),
        ("a file comes further below", &|| write("claims/more/c.accede", &claim("P3"))),
        ("a folder comes", &|| write("claims/other/d.accede", &claim("P4"))),
        ("a file goes", &|| fs::remove_file(root.join("claims/b.accede")).unwrap()),
        ("a file gets another name", &|| {
            fs::rename(root.join("claims/more/c.accede"), root.join("claims/more/c.txt")).unwrap();
        }),
        ("one is ignored", &|| write("claims/.ignore", "d.accede\n")),
        ("one is ignored further below", &|| write("claims/more/.gitignore", "a.accede\n")),
        ("one is ignored by what stands above", &|| write(".gitignore", "f11.accede\n")),
        ("none is ignored there", &|| write(".gitignore", "nothing\n")),
        ("one is ignored by git", &|| write(".git/info/exclude", "f10.accede\n")),
    ];
    for (what, step) in steps {
        step();
        project.answers_are_right(what);
        // What was changed long enough ago is trusted from when it was read again.
        thread::sleep(Duration::from_millis(100));
        fs::remove_dir_all(root.join("cache")).unwrap();
        project.answers_are_right(what);
        assert_eq!(project.stores().len(), 1, "{what}");
    }
}

/// A write that leaves size and times as they were leaves no trace but in the status of the file.
#[test]
fn a_file_of_the_same_size_and_age_is_another() {
    let project = Project::new("store-times");
    let path = project.path("f04.accede");
    project.answers_are_right("as it was");
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    project.edit("f04.accede", |it| it.replace("1990-", "1991-"));
    fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
    project.answers_are_right("with its old time");
}

/// Where every file has another time, each is compared by its digest; the store is still of use where few have changed.
#[test]
fn files_that_were_touched_are_compared() {
    let project = Project::new("store-touched");
    project.answers_are_right("as it was");
    for change in [None, Some(("f06.accede", "1990-", "1991-")), Some(("vocabulary.accede", "1980", "1992"))]
    {
        for it in 0..FILES {
            let path = project.path(&format!("f{it:02}.accede"));
            fs::write(&path, fs::read(&path).unwrap()).unwrap();
        }
        if let Some((file, from, to)) = change {
            project.edit(file, |it| it.replace(from, to));
        }
        project.answers_are_right(&format!("touched, {change:?}"));
    }
}

#[test]
fn a_broken_store_is_not_used() {
    let project = Project::new("store-broken");
    project.answers_are_right("as it was");
    let path = &project.stores()[0];
    let whole = fs::read(path).unwrap();
    for (what, bytes) in [
        ("empty", Vec::new()),
        ("half", whole[..whole.len() / 2].to_vec()),
        ("without its end", whole[..whole.len() - 1].to_vec()),
        ("with other digits", whole.iter().map(|it| if *it == b'3' { b'4' } else { *it }).collect()),
        ("something else", b"accede\n".repeat(1000)),
    ] {
        fs::write(path, bytes).unwrap();
        project.answers_are_right(what);
    }
    fs::remove_dir_all(project.folder.0.join("cache")).unwrap();
    project.answers_are_right("deleted");
    assert_eq!(project.stores().len(), 1);
}

/// What was inferred of a bloc's pairs is looked up where the same is said of them; broken, it is inferred again.
#[test]
fn histories_are_kept() {
    let project = Project::settled("store-histories");
    let histories = project.kept("histories");
    assert_eq!(histories.len(), 1);
    let whole = fs::read(&histories[0]).unwrap();
    project.edit("f04.accede", |it| it.replace("1990-", "1991-"));
    project.are_right("a file is edited", &QUESTIONS);
    let changed = whole.iter().map(|it| if *it == 3 { 4 } else { *it }).collect();
    for (what, bytes) in [
        ("whole", whole.clone()),
        ("empty", Vec::new()),
        ("half", whole[..whole.len() / 2].to_vec()),
        ("other", changed),
    ] {
        fs::write(&histories[0], bytes).unwrap();
        project.answers_are_right(what);
    }
    project.edit("f04.accede", |it| it.replace("1991-", "1990-"));
    project.are_right("taken back", &QUESTIONS);
    assert!(project.kept("histories").len() > 1, "of each bloc that was asked about");
}

/// An answer is kept as it was printed, and is printed again until a file changes; what is wrong with it is seen.
#[test]
fn an_answer_is_kept() {
    let project = Project::settled("store-answer");
    let written = |path: &PathBuf| fs::metadata(path).unwrap().modified().unwrap();
    let answer = project.answer();
    let (first, whole) = (written(&answer), fs::read(&answer).unwrap());
    project.answers_are_right("asked again");
    assert_eq!(written(&answer), first, "nothing is written again");
    let store = &project.stores()[0];
    let first = written(store);
    project.are_right("what takes all files", &["blocs of P1 on 2001-01-01"]);
    assert_eq!(written(store), first, "it is of these files");
    assert_eq!(project.kept("answer").len(), 2);
    let changed = whole.iter().map(|it| if *it == b'3' { b'4' } else { *it }).collect();
    for (what, bytes) in
        [("empty", Vec::new()), ("half", whole[..whole.len() / 2].to_vec()), ("other", changed)]
    {
        fs::write(&answer, bytes).unwrap();
        project.answers_are_right(what);
        assert!(fs::read(&answer).unwrap() == whole, "{what}");
    }
    project.edit("f04.accede", |it| it.replace("1990-", "1991-"));
    project.answers_are_right("a file is edited");
    project.edit("f04.accede", |it| it.replace("1991-", "1990-"));
    project.answers_are_right("taken back");
}

/// What is printed is by the question, the format and the terminal; what is wrong with the files is told each time.
#[test]
fn an_answer_is_kept_as_it_was_asked() {
    let project = Project::settled("store-asked");
    let questions =
        [QUESTIONS[0], "members of B2 on 2001-01-01", "blocs of P1 on 2001-01-01", "members of B1 on"];
    let ways: [(&[&str], &str); 5] = [
        (&[], "100"),
        (&[], "60"),
        (&["--color", "always"], "100"),
        (&["--format", "csv"], "100"),
        (&["--format", "svg"], "100"),
    ];
    for time in ["first", "second"] {
        for question in questions {
            for (way, columns) in ways {
                let ask = |cache: &[&str]| {
                    let run = project.folder.run(&[&["ask", question, "claims"], way, cache].concat());
                    let done = run.with("COLUMNS", columns).output();
                    (done.stdout, done.stderr, done.status.code())
                };
                let what = format!("{question}, {way:?}, {columns} columns, the {time} time");
                assert_eq!(ask(&["--cache", "cache"]), ask(&["--no-cache"]), "{what}");
            }
        }
    }
}

/// What is not text could mean something else to it.
#[test]
fn a_store_of_another_program_is_not_used() {
    let project = Project::settled("store-program");
    let (store, answer) = (&project.stores()[0], project.answer());
    let before = (fs::read(store).unwrap(), fs::read(&answer).unwrap());
    let other = project.folder.0.join("other");
    fs::copy(PROGRAM, &other).unwrap();
    let arguments = ["ask", QUESTIONS[0], "claims", "--format", "json", "--cache", "cache"];
    let ours = project.folder.run(&arguments).stdout();
    let theirs = Command::new(other).args(arguments).current_dir(&project.folder.0).output().unwrap();
    assert_eq!(String::from_utf8(theirs.stdout).unwrap(), ours);
    let after = (fs::read(store).unwrap(), fs::read(&answer).unwrap());
    assert!(before.0 != after.0 && before.1 != after.1);
    project.answers_are_right("ours again");
}

/// Small projects have none, nor those with articles' texts; and nothing else is written.
#[test]
fn a_store_is_for_large_projects() {
    let small = Folder::new("store-small").file("one.accede", vocabulary() + &articles(0, true));
    small.run(&["ask", QUESTIONS[0], "one.accede", "--cache", "cache"]);
    assert!(!small.0.join("cache").exists());
    let project = Project::new("store-texts");
    project.edit("f00.accede", |it| it.replacen("  published", "  text \"a.txt\"\n  published", 1));
    project.answers_are_right("with a text");
    assert_eq!(project.stores().len(), 0);
    let nowhere = Project::new("store-nowhere");
    fs::write(nowhere.folder.0.join("cache"), "no folder").unwrap();
    nowhere.answers_are_right("where nothing can be written");
}
