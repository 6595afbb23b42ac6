//! `require` sections.

use super::question::singular;
use super::reading::Reading;
use crate::date::Window;
use crate::finding::{Finding, Place};
use crate::ledger::{Demand, Requirement, Standing, Step};
use crate::source::{FileId, Span};
use crate::syntax::{self, Bound, Count, Header, Line, Name, Section, Sequence, Time};

impl Reading<'_, '_> {
    pub(super) fn requirement(&mut self, section: &Section) {
        for line in &section.lines {
            match line {
                Line::Exclusion(it) => self.bound(section, it, Demand::Exclusion),
                Line::Inclusion(it) => self.bound(section, it, Demand::Inclusion),
                Line::Size { bloc, count, time } => self.size(section, bloc, count, time.as_ref()),
                Line::Sequence(it) => self.sequence(section, it),
                _ => {}
            }
        }
    }

    fn bound(&mut self, section: &Section, bound: &Bound, demand: impl Fn(Standing, Standing) -> Demand) {
        let file = section.file;
        let [of, is] = [&bound.of, &bound.is].map(|(status, bloc)| self.standing(file, status, bloc));
        let window = self.required_time(file, bound.time.as_ref());
        if let (Some(of), Some(is), Some(window)) = (of, is, window) {
            self.require(section, bound.span, window, demand(of, is));
        }
    }

    fn size(&mut self, section: &Section, bloc: &Name, count: &Count, time: Option<&Time>) {
        let file = section.file;
        let span =
            Span { start: bloc.span.start, end: time.map_or(count.of.word.span.end, |it| it.span.end) };
        let window = self.required_time(file, time);
        let number = self.bounds_of_count(file, count);
        let Some(bloc) = self.bloc_named(file, bloc) else { return };
        let statuses = self.plural(file, bloc, &count.of);
        if let (Some(statuses), Some(number), Some(window)) = (statuses, number, window) {
            self.require(section, span, window, Demand::Size(Standing { bloc, statuses }, number));
        }
    }

    fn sequence(&mut self, section: &Section, sequence: &Sequence) {
        let file = section.file;
        let steps: Vec<_> = sequence.steps.iter().map(|it| self.step(file, it)).collect();
        let window = self.required_time(file, sequence.time.as_ref());
        let steps: Option<Vec<_>> = steps.into_iter().collect();
        if let (Some(steps), Some(window)) = (steps, window) {
            self.require(section, sequence.span, window, Demand::Order(steps));
        }
    }

    fn step(&mut self, file: FileId, step: &syntax::Step) -> Option<Step> {
        let Some(bloc) = &step.bloc else {
            let message = "an order across blocs names the bloc of each event and act";
            let finding = Finding::error("no-bloc", message, Place::new(file, step.span, "in which bloc?"));
            self.find(finding.help(format!("write `{} CSTO`, say", step.verb.text)));
            return None;
        };
        let bloc = self.bloc_named(file, bloc)?;
        let deed = self.deed_named(file, bloc, &step.verb)?;
        Some(Step { bloc, deed, span: step.span })
    }

    fn require(&mut self, section: &Section, span: Span, window: Window, demand: Demand) {
        let Header::Require { name } = &section.header else { return };
        let place = (section.file, span);
        self.said.requirements.push(Requirement { name: name.text.clone(), place, window, demand });
    }

    /// `member` is whatever is inside; any other word is that very status.
    fn standing(&mut self, file: FileId, name: &Name, bloc: &Name) -> Option<Standing> {
        let bloc = self.bloc_named(file, bloc)?;
        let statuses = singular(self.ledger, file, bloc, name);
        statuses
            .map_err(|wrong| self.said.findings.extend(wrong))
            .ok()
            .map(|statuses| Standing { bloc, statuses })
    }
}
