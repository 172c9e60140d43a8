//! What is drawn, held against codespan.

use codespan_reporting::diagnostic::{Diagnostic, Label as Place, Severity as Level};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::termcolor::{Ansi, NoColor};
use codespan_reporting::term::{Config, Renderer, RichDiagnostic};
use proptest::prelude::*;

use super::*;

/// What is shown of each file, in the shape that codespan reads.
struct Shelf<'a>(Vec<Page<'a>>);

impl Shelf<'_> {
    fn line(&self, id: usize, index: usize) -> Result<&crate::render::excerpt::Line, Error> {
        let line = self.0[id].excerpt.lines.iter().find(|line| line.index == index);
        line.ok_or(Error::LineTooLarge { given: index, max: 0 })
    }
}

impl<'a> Files<'a> for Shelf<'_> {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.0[id].name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.0[id].excerpt.text)
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        let excerpt = &self.0[id].excerpt;
        Ok(line_of(excerpt, byte).map_or(0, |line| excerpt.lines[line].index))
    }

    fn line_number(&'a self, id: usize, index: usize) -> Result<usize, Error> {
        Ok(self.line(id, index)?.number)
    }

    fn column_number(&'a self, id: usize, _index: usize, byte: usize) -> Result<usize, Error> {
        let placed = self.0[id].excerpt.marks.iter().find(|placed| placed.range.start == byte);
        Ok(placed.map_or(1, |placed| placed.column))
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        Ok(self.line(id, index)?.range.clone())
    }
}

/// The labels of a page, in the order of their marks, as codespan is given them.
fn places(id: usize, page: &Page<'_>, marks: &[Mark<'_>]) -> Vec<Place<usize>> {
    let mut places = Vec::new();
    for (mark, placed) in marks.iter().zip(&page.excerpt.marks) {
        let make = if mark.primary { Place::primary } else { Place::secondary };
        let messages = message_lines(mark, placed);
        if messages.len() == 1 && placed.range.len() > 1 && !fits_beside(&messages[0], placed) {
            places.push(make(id, placed.range.clone()));
        }
        let shown = &page.excerpt.text[placed.range.clone()];
        let mut ends = shown.char_indices().rev().map(|(at, _)| placed.range.start + at);
        let mut end = placed.range.end;
        for message in messages {
            places.push(make(id, placed.range.start..end).with_message(message));
            end = ends.next().unwrap_or(end);
        }
    }
    places
}

/// What codespan draws between headline and notes.
fn by_codespan(marks: &[Mark<'_>], level: Severity, noted: bool, colour: bool, sources: &Sources) -> String {
    let shelf = Shelf(pages(marks, sources));
    let mut labels = Vec::new();
    for (id, page) in shelf.0.iter().enumerate() {
        let file = |mark: &&Mark<'_>| visible(&sources.get(mark.span.file()).unwrap().path) == page.name;
        let marks: Vec<Mark<'_>> = marks.iter().filter(file).copied().collect();
        labels.extend(places(id, page, &marks));
    }
    if labels.is_empty() {
        return String::new();
    }
    let level = match level {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Note => Level::Note,
    };
    let notes = if noted { vec![String::new()] } else { Vec::new() };
    let diagnostic = Diagnostic::new(level).with_labels(labels).with_notes(notes);
    let (mut buffer, config) = (Vec::new(), Config::default());
    if colour {
        let mut writer = Ansi::new(&mut buffer);
        RichDiagnostic::new(&diagnostic, &config).render(&shelf, &mut Renderer::new(&mut writer, &config))
    } else {
        let mut writer = NoColor::new(&mut buffer);
        RichDiagnostic::new(&diagnostic, &config).render(&shelf, &mut Renderer::new(&mut writer, &config))
    }
    .unwrap();
    let drawn = String::from_utf8(buffer).unwrap();
    let (_, text) = drawn.split_once('\n').unwrap();
    text.strip_suffix('\n').unwrap().to_owned()
}

const MESSAGES: [&str; 5] = [
    "",
    "here",
    "who owes it – and to whom",
    "closest text: clause 14 ends the agreement, but nothing here binds the Supplier to help the services \
     move to somebody else, and none of its other clauses does so for longer than the agreement itself runs",
    "a line that may fit beside its words when they stand in front, and not when they stand behind them",
];

/// Lines of all kinds: short, wider than what is shown, of letters that take no column or two.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "pay",
        "Supplier",
        "“é”",
        "契約",
        "e\u{301}",
        "\t",
        "\u{ad}",
        "\u{1b}",
        " ",
        "(a)",
        "availability",
    ]);
    let line = prop::collection::vec(word, 0..40).prop_map(|words| words.join(" "));
    prop::collection::vec(line, 1..12).prop_map(|lines| lines.join("\n"))
}

fn mark_of<'a>(sources: &Sources, (file, from, length, message, primary): Chosen) -> Mark<'a> {
    let file = sources.get(FileId::new(u32::from(file))).unwrap();
    let mut from = from.index(file.text.len() + 1);
    let mut end = (from + length).min(file.text.len());
    while !file.text.is_char_boundary(from) {
        from -= 1;
    }
    while !file.text.is_char_boundary(end) {
        end += 1;
    }
    Mark { span: Span::new(file.id, from..end), message: MESSAGES[message], primary }
}

/// File, beginning, length, message, and whether it is the finding's own place.
type Chosen = (bool, prop::sample::Index, usize, usize, bool);

fn chosen() -> impl Strategy<Value = Chosen> {
    (prop::bool::weighted(0.2), any::<prop::sample::Index>(), 0..90_usize, 0..MESSAGES.len(), any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn places_are_drawn_as_codespan_draws_them(
        one in text(),
        other in text(),
        chosen in prop::collection::vec(chosen(), 0..6),
        level in prop::sample::select(vec![Severity::Note, Severity::Warning, Severity::Error]),
        noted in any::<bool>(),
        colour in any::<bool>(),
    ) {
        let mut sources = Sources::new();
        sources.add("msa.md", one);
        sources.add("schedules/prices.md", other);
        let marks: Vec<Mark<'_>> = chosen.into_iter().map(|chosen| mark_of(&sources, chosen)).collect();
        let drawn = Snippet::draw(&marks, level, noted, colour, &sources);
        prop_assert_eq!(drawn.text, by_codespan(&marks, level, noted, colour, &sources));
    }
}

#[test]
fn lines_far_apart_have_a_mark_between_them() {
    let mut sources = Sources::new();
    let text = "one\ntwo\nthree\nfour\n";
    let file = sources.add("msa.md", text);
    let mark = |word: &'static str, primary| {
        let at = text.find(word).unwrap();
        Mark { span: Span::new(file, at..at + word.len()), message: word, primary }
    };
    let marks = [mark("four", false), mark("one", true), mark("two", false)];
    let drawn = Snippet::draw(&marks, Severity::Note, true, false, &sources);
    let lines: Vec<&str> = drawn.text.lines().map(str::trim_end).collect();
    let want =
        ["  ┌─ msa.md:1:1", "  │", "1 │ one", "  │ ^^^ one", "2 │ two", "  │ --- two", "  ·", "4 │ four"];
    assert_eq!(lines[..8], want);
    assert_eq!(lines[8..], ["  │ ---- four", "  │"]);
}
