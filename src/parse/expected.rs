//! A line that does not parse, said in the user's words: what was expected, and what the line looks like.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::{Rule, Text, forms};
use crate::date;
use crate::finding::Finding;

/// What is wrong with a line, at the farthest place that the grammar came to.
pub(super) fn finding(line: &Text, rule: Rule, error: &Error<Rule>) -> Finding {
    let start = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else {
        let message = "this line cannot be read: it is nested too deep";
        return Finding::error("syntax", message, line.place(0, line.line.len(), ""));
    };
    let (start, end) = token(line.line, start);
    let found = match &line.line[start..end] {
        "" => "the line ends too early".to_owned(),
        token => format!("`{token}` cannot stand here"),
    };
    let expected = words(positives);
    let label = if expected.is_empty() { String::new() } else { format!("expected {}", list(&expected)) };
    let finding = Finding::error("syntax", found, line.place(start, end, label));
    match help(line.line, start, rule) {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// From a place to the end of the word that begins there.
fn token(text: &str, start: usize) -> (usize, usize) {
    let rest = &text[start..];
    let blanks = rest.len() - rest.trim_start().len();
    if blanks == rest.len() {
        return (text.trim_end().len(), text.trim_end().len());
    }
    let word = rest[blanks..].split(char::is_whitespace).next().unwrap_or_default();
    (start + blanks, start + blanks + word.len())
}

fn words(rules: &[Rule]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in rules.iter().filter_map(|it| word(*it)) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    // What could be told of a bloc could go on as a status too, for both are names.
    if words.iter().any(|it| it == "`within`") {
        words.retain(|it| it != "`members`" && it != "`of`");
    }
    words.sort_by_key(|it| it.starts_with('`'));
    words
}

/// `None` for what is no help to name.
fn word(rule: Rule) -> Option<String> {
    let named = match rule {
        Rule::name | Rule::bare | Rule::names | Rule::group_member => "a name",
        Rule::string | Rule::quote | Rule::end_quote | Rule::inner => "a text in \"quotes\"",
        Rule::date | Rule::date_text | Rule::date_words | Rule::date_set => "a date",
        Rule::number | Rule::lines | Rule::expect_count => "a number",
        Rule::digest => "64 hexadecimal digits",
        Rule::unit => "`days`, `months` or `years`",
        Rule::term => "a term such as `for 90 days then member`",
        Rule::period => "`year`, `month` or `day`",
        Rule::time => "a time such as `on 2012-12-19` or `in 2006`",
        Rule::locator | Rule::at_sign => "`@` with a line of the article",
        Rule::said_by => "`said-by`",
        Rule::inside | Rule::is_status | Rule::deed | Rule::plan | Rule::count | Rule::will => {
            "what happened, such as `joins CSTO` or `member-of CSTO`"
        }
        Rule::claim => "a claim such as `Uzbekistan joins CSTO in 2006`",
        Rule::set | Rule::set_term | Rule::belonging | Rule::belonging_of | Rule::plural => {
            "`members of` and a bloc"
        }
        Rule::fact => "a fact such as `Russia member-of CU`",
        Rule::carried => "`with`",
        Rule::kept_in | Rule::but_not => "`in` or `but not in`",
        Rule::days_before => "`within`",
        Rule::validity => "`from` or `until`",
        Rule::question => "a question such as `members of CSTO on 2012-12-19`",
        Rule::blocs_of => "`blocs of`",
        Rule::status_of => "`status of`",
        Rule::history => "`history of`",
        Rule::when => "`when was`",
        Rule::changes => "`changes in`",
        Rule::common => "`common blocs of`",
        Rule::counting => "`count`",
        Rule::why | Rule::why_not => "`why`",
        Rule::as_published => "`as published by`",
        Rule::according_to => "`according to`",
        Rule::also_from | Rule::exists_from => "`from`",
        Rule::also_to => "`to` or `until`",
        Rule::exists_to => "`to`",
        Rule::step => "what happened, such as `joins CSTO`",
        Rule::sequence => "`order`",
        Rule::in_ => "`in`",
        Rule::side => "`inside` or `outside`",
        Rule::expect_status | Rule::expect_statuses | Rule::expect_rows | Rule::expect_change => "a status",
        Rule::expect_names => "names",
        Rule::stretch | Rule::days | Rule::from_on | Rule::until_day => "days such as `on 2012-12-19`",
        Rule::expect_otherwise => "`otherwise`",
        Rule::expect_none => "`none`",
        Rule::verdict => "a verdict",
        Rule::connective => "`and` or `or`",
        Rule::comma => "`,`",
        Rule::equals => "`=`",
        Rule::open => "`(`",
        Rule::close => "`)`",
        Rule::EOI => "the end of the line",
        Rule::comment | Rule::question_mark | Rule::only | Rule::not | Rule::dash => return None,
        _ => return Some(keyword(rule)),
    };
    Some(named.to_owned())
}

/// Rules are named after the words they stand for.
fn keyword(rule: Rule) -> String {
    let name = format!("{rule:?}");
    if let Some((word, _)) = name.rsplit_once("_line").or_else(|| name.rsplit_once("_header")) {
        return format!("`{word}` and a name");
    }
    let word = name.strip_prefix("kw_").unwrap_or(&name).trim_end_matches('_').replace('_', "-");
    format!("`{word}`")
}

fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

/// What lines of this look usually want to say.
fn help(text: &str, at: usize, rule: Rule) -> Option<String> {
    let (before, rest) = text.split_at(at);
    let word = rest.split(char::is_whitespace).next().unwrap_or_default();
    if text.contains(['\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}']) {
        return Some("write straight quotes: \"Customs Union\"".into());
    }
    if text.chars().filter(|it| *it == '"').count() % 2 == 1 {
        return Some("a text in quotes ends on its line, with `\"`".into());
    }
    if let Some(control) = text.chars().find(|it| it.is_control() && *it != '\t') {
        return Some(format!(
            "there is a control character in this line, U+{:04X}: take it out",
            u32::from(control)
        ));
    }
    let previous = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    if ["member", "members"].contains(&previous) && word == "of" && rule == Rule::article_line {
        return Some("write `member-of` in one word".into());
    }
    if rule == Rule::ask_line && text.trim_start().starts_with("expect") {
        return Some(EXPECTATIONS.into());
    }
    if rule == Rule::panel_line {
        return Some(
            "write blocs, if not all of them, and days: `CSTO and CIS every year from 1992 to 2020`".into(),
        );
    }
    let asks = rule == Rule::question_line || rule == Rule::ask_line;
    if rule == Rule::article_line || asks {
        if word.starts_with(|it: char| it.is_uppercase())
            && previous.starts_with(|it: char| it.is_uppercase())
        {
            return Some(format!("put a name of several words in quotes: \"{previous} {word}\""));
        }
        if word.starts_with("member") && before.trim_end().contains(" has ") {
            return Some("write the number in digits: `has 6 members`".into());
        }
        let date = date_help(text, at);
        return if asks { date.or_else(|| Some(forms::nearest(question(text)))) } else { date };
    }
    None
}

/// Without the word that opens a section.
fn question(text: &str) -> &str {
    text.trim_start().strip_prefix("ask ").unwrap_or(text)
}

const EXPECTATIONS: &str = "write `expect STATUS NAMES`, such as `expect member Armenia, Belarus` or `expect member or never Ukraine`; \
    where more than a day is asked about, end with `on DAY`, `from DAY to DAY`, `until DAY`, `from DAY on` or `always`; \
    a verdict can stand before the status, as in `expect attested member Armenia`; where there is no answer, write `expect none`";

/// A date of several words: what follows the word before it, read as one date.
fn date_help(text: &str, at: usize) -> Option<String> {
    const BEFORE_DATES: [&str; 10] =
        [" on ", " in ", " by ", " since ", " before ", " after ", " of ", " throughout ", " from ", " to "];
    let begins = BEFORE_DATES.iter().filter_map(|it| text[..at].rfind(it).map(|at| at + it.len())).max()?;
    let ends = [" @", " said-by", " #"].iter().filter_map(|it| text[begins..].find(it)).min();
    let phrase = text[begins..].get(..ends.unwrap_or(text.len() - begins))?.trim();
    let error = date::read(phrase, None).err()?;
    error
        .help
        .filter(|it| it.starts_with("write `"))
        .filter(|_| phrase.contains(|it: char| it.is_ascii_digit()))
}
