//! How bars look: a colour and a pattern for each status, outlines for doubt, so that none is told by colour alone.

/// What a bar looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The status that a history begins with: a thin line around nothing.
    Beginning,
    /// A status, by its place among the others.
    Status(usize),
    Possible,
    Disputed,
    Planned,
}

/// Each at least three times as bright or as dark as white paper and as dark paper.
const COLOURS: [&str; 6] = ["#2f74c0", "#b5541c", "#2e8555", "#a2479f", "#80712a", "#c2406b"];

/// Strokes on a tile of eight pixels; the first pattern has none.
const PATTERNS: [&str; 7] = [
    "",
    "M-2 2L2 -2M0 8L8 0M6 10L10 6",
    "M0 2H8M0 6H8",
    "M2 0V8M6 0V8",
    "M-2 6L2 10M0 0L8 8M6 -2L10 2",
    "M0 4H8M4 0V8",
    "M0 0L8 8M0 8L8 0",
];

impl Look {
    pub(super) fn class(self) -> String {
        match self {
            Look::Beginning => "beginning".to_owned(),
            Look::Status(it) => format!("status-{it}"),
            Look::Possible => "possible".to_owned(),
            Look::Disputed => "disputed".to_owned(),
            Look::Planned => "planned".to_owned(),
        }
    }

    /// Colour and strokes. No two of the first 42 statuses have both alike.
    fn pattern(self) -> Option<(&'static str, &'static str)> {
        let Look::Status(it) = self else { return None };
        let colour = it % COLOURS.len();
        Some((COLOURS[colour], PATTERNS[(it + it / COLOURS.len()) % PATTERNS.len()]))
    }
}

/// The patterns that are needed, and what is said of classes.
pub(super) fn style(looks: &[Look]) -> String {
    let mut patterns = String::new();
    let mut rules = String::from(
        "text{font:13px sans-serif;fill:#1b1f24}.head{font-size:15px;font-weight:bold}\n\
         .paper{fill:#fff}.axis,.tick{stroke:#59636e;fill:none}.tick{stroke-opacity:.4}\n\
         .stroke{stroke:#fff;stroke-width:1.5;fill:none}\n\
         .beginning *{fill:none;stroke:#59636e}\n\
         .possible *{fill:none;stroke:#59636e;stroke-width:2;stroke-dasharray:2 2}\n\
         .disputed *{fill:none;stroke:#c4362f;stroke-width:3}\n\
         .planned *{fill:none;stroke:#59636e;stroke-width:2;stroke-dasharray:8 4}\n",
    );
    for look in looks {
        let (Some((colour, strokes)), class) = (look.pattern(), look.class()) else { continue };
        patterns += &format!(
            "<pattern id=\"accede-{class}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
             <rect width=\"8\" height=\"8\" fill=\"{colour}\"/>"
        );
        if !strokes.is_empty() {
            patterns += &format!("<path class=\"stroke\" d=\"{strokes}\"/>");
        }
        patterns += "</pattern>\n";
        rules += &format!(".{class} *{{fill:url(#accede-{class})}}\n");
    }
    rules += "@media (prefers-color-scheme:dark){text{fill:#e6e9ed}.paper{fill:#15181c}\
              .axis,.tick,.beginning *,.possible *,.planned *{stroke:#9aa4ae}\
              .stroke{stroke:#15181c}.disputed *{stroke:#e5655d}}\n";
    format!("<style>\n{rules}</style>\n<defs>\n{patterns}</defs>\n")
}
