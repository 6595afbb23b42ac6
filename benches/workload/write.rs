//! A workload as rule files.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use super::{Article, Claim, Told, What, Workload, date};

impl Workload {
    /// A rule file with the names, and so many with the articles.
    pub(crate) fn write(&self, folder: &Path, files: usize) -> io::Result<()> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        fs::write(folder.join("names.accede"), self.names())?;
        let each = self.articles.len().div_ceil(files);
        for (place, articles) in self.articles.chunks(each).enumerate() {
            let mut file = BufWriter::new(File::create(folder.join(format!("f{place:06}.accede")))?);
            for (at, article) in articles.iter().enumerate() {
                file.write_all(self.article(place * each + at, article).as_bytes())?;
            }
            file.flush()?;
        }
        Ok(())
    }

    /// The same as texts, for a bench in process.
    pub(crate) fn texts(&self) -> Vec<(String, String)> {
        let articles = self.articles.iter().enumerate().map(|(at, it)| self.article(at, it)).collect();
        vec![("names.accede".into(), self.names()), ("articles.accede".into(), articles)]
    }

    fn names(&self) -> String {
        let mut text = String::new();
        (0..self.parties).for_each(|it| text += &format!("party {}\n", party(it)));
        (0..self.blocs).for_each(|it| text += &format!("bloc {}\n", bloc(it)));
        text
    }

    fn article(&self, at: usize, article: &Article) -> String {
        let mut text = format!("article a{at:07} \"Report {at}\"\n");
        if self.publishers > 0 {
            text += &format!("  publisher \"Paper {}\"\n", at % self.publishers);
        }
        text += &format!("  published {}-0{}-11\n", 2021 + at % 4, 1 + at % 9);
        for (line, claim) in article.claims.iter().enumerate() {
            self.claim(&mut text, claim);
            writeln!(text, "  @{}", line + 1).expect("a string takes all");
        }
        if let Some(it) = &article.only {
            let parties: Vec<String> = it.parties.iter().map(|it| party(*it)).collect();
            let (parties, bloc, on) = (parties.join(", "), bloc(it.bloc), date(it.day));
            writeln!(text, "  only {parties} member-of {bloc} on {on}  @99").expect("a string takes all");
        }
        text.push('\n');
        text
    }

    fn claim(&self, text: &mut String, claim: &Claim) {
        let pair = &self.pairs[claim.pair as usize];
        let (party, bloc) = (party(pair.party), bloc(pair.bloc));
        let what = match claim.what {
            What::Joins => "joins",
            What::Leaves => "leaves",
            What::Suspended => "suspended from",
            What::Reinstated => "reinstated in",
            What::Member => "member-of",
            What::NotMember => "not member-of",
        };
        let on = date(claim.day);
        let when = match claim.told {
            Told::Day => format!("on {on}"),
            Told::Month => on.format("in %Y-%m").to_string(),
            Told::Year => on.format("in %Y").to_string(),
            Told::Throughout(last) => format!("throughout {on}/{}", date(last)),
        };
        write!(text, "  {party} {what} {bloc} {when}").expect("a string takes all");
    }
}

pub(crate) fn party(id: u32) -> String {
    format!("P{id:04}")
}

pub(crate) fn bloc(id: u32) -> String {
    format!("B{id:04}")
}
