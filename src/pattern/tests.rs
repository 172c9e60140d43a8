//! Tests of the language on small texts, written as `small` reads them.

use std::collections::BTreeMap;

use super::small::{find_in, names, paragraph, read, vocabulary};
use super::*;
use crate::token::Reading;
use crate::token::words::Words;

fn parsed(pattern: &str) -> Pattern {
    parse(pattern, &vocabulary()).unwrap_or_else(|errors| panic!("{pattern}: {errors:?}"))
}

/// The words of each match.
fn find_scoped(pattern: &str, text: &str, scope: Scope) -> Vec<String> {
    let (reading, words) = read(text);
    let found = find_in(&reading, &words, &parsed(pattern), scope);
    found.into_iter().map(|place| say(&reading, &words, place)).collect()
}

fn say(reading: &Reading, words: &Words, place: Interval) -> String {
    let tokens = &reading.tokens[place.start as usize..place.end as usize];
    tokens.iter().map(|token| &*words.word(token.word()).surface).collect::<Vec<_>>().join(" ")
}

fn find(pattern: &str, text: &str) -> Vec<String> {
    find_scoped(pattern, text, Scope::All)
}

#[test]
fn terms() {
    assert_eq!(find("breach", "a Breach of duty"), ["Breach"]);
    assert_eq!(find("#Breach or #duty", "a Breach of Duty. breach duty"), ["Breach", "Duty", "duty"]);
    assert_eq!(find("terminat!", "terminate Termination term"), ["terminate", "Termination"]);
    assert_eq!(find("wom*n", "woman womn women womaan"), ["woman", "women"]);
    assert_eq!(find("wom*n!", "womanly"), ["womanly"]);
    assert_eq!(find("non-exclusive", "a non-exclusive right. non. exclusive"), ["non exclusive"]);
    assert_eq!(
        find("\"transit! assist!\"", "transition assistance or transition"),
        ["transition assistance"]
    );
    assert_eq!(find("\"a b\"", "a. b a b"), ["a b"], "a phrase lies within a sentence");
    assert_eq!(find("\"or\"", "this or that"), ["or"]);
    assert_eq!(find("$data", "Personal information and data"), ["Personal information", "data"]);
    assert_eq!(find("@must", "it shall and is required to"), ["shall", "is required to"]);
}

#[test]
fn parties_by_every_name() {
    let text = "Helix Systems Ltd serves Acme. the party. Systems Ltd";
    assert_eq!(find("@supplier", text), ["Helix"]);
    assert_eq!(find("@customer", text), ["Acme"]);
    assert_eq!(find("@party", text), ["Helix Systems Ltd", "Acme", "party"]);
}

#[test]
fn quantities() {
    let text = "24h and 72h and xh and 99.5pc or xpc";
    assert_eq!(find("@duration", text), ["24h", "72h", "xh"]);
    assert_eq!(find("@duration<=1d", text), ["24h", "xh"], "a hidden value may be so");
    assert_eq!(find("@duration >= 4320min", text), ["72h", "xh"]);
    assert_eq!(find("@percent>=99.5", text), ["99.5pc", "xpc"]);
    assert_eq!(find("@percent>99.5", text), ["xpc"]);
    assert_eq!(find("@number", text), Vec::<String>::new());
}

#[test]
fn connectors() {
    assert_eq!(find("a +1 b", "a b a x b"), ["a b"]);
    assert_eq!(find("a +2 b", "a b a x b b a"), ["a b", "a x b"]);
    assert_eq!(find("a /1 b", "b a x b"), ["b a"]);
    assert_eq!(find("a /5 b", "a\nb"), Vec::<String>::new(), "a distance stays in its paragraph");
    assert_eq!(find("a +5 b", "a. b a x b"), ["a x b"], "and in its sentence");
    assert_eq!(find("b /5 (a /p c)", "b a. c. b a c"), ["b a c"], "with all that it joins");
    assert_eq!(find("a +s b", "b a. a c b. b"), ["a c b"]);
    assert_eq!(find("a /s b", "b a. a c b. b"), ["b a", "a c b"]);
    assert_eq!(find("a /p b", "b. a\na"), ["b a"]);
    assert_eq!(find("a +p b", "b. a\na. b"), ["a b"]);
    assert_eq!(find("a & b", "a\nx b\n\na"), ["a x b"]);
    assert_eq!(find("a % b", "a. a b. b a"), ["a"]);
    assert_eq!(find("a +s b % c", "a b. a b c"), ["a b"]);
    assert_eq!(find("\"a b\" /1 b", "a b"), ["a b"], "an overlap is at distance 0");
}

#[test]
fn precedence_runs_from_or_to_except() {
    let tight = ["a or b +1 c", "a +1 b /2 c", "a /2 b /s c", "a /s b /p c", "a /p b & c", "a & b % c"];
    let loose = ["a % b & c", "a & b /p c", "a /p b /s c", "a /s b /2 c", "a /2 b +1 c", "a +1 b or c"];
    for pattern in tight {
        let same = pattern.replacen("a ", "(a ", 1).replacen(" b", " b)", 1);
        assert_eq!(parsed(pattern), Pattern { text: pattern.to_owned(), ..parsed(&same) });
    }
    for pattern in loose {
        let same = format!("{})", pattern.replacen(" b", " (b", 1));
        assert_eq!(parsed(pattern), Pattern { text: pattern.to_owned(), ..parsed(&same) });
    }
    assert_eq!(parsed("a /s b +s c").tree, parsed("(a /s b) +s c").tree);
}

#[test]
fn headings_and_text_are_kept_apart() {
    let text = "#Exit plan\nexit is easy";
    assert_eq!(find_scoped("exit", text, Scope::All), ["Exit", "exit"]);
    assert_eq!(find_scoped("exit", text, Scope::Body), ["exit"]);
    assert_eq!(find_scoped("heading(exit or \"exit plan\")", text, Scope::Body), ["Exit"]);
    assert_eq!(find_scoped("heading(exit) & easy", text, Scope::Body), ["Exit plan exit is easy"]);
    assert_eq!(find_scoped("heading(easy)", text, Scope::All), Vec::<String>::new());
}

#[test]
fn leaves_of_a_match() {
    let (reading, words) = read("the supplier shall always and promptly return the data and data");
    let mut builder = PlanBuilder::default();
    let id = builder.add(&parsed("@supplier +s @must +s (return or hand) /s $data"), &vocabulary());
    let plan = builder.finish();
    let index = Index::with_names(&plan, &mut Lexicon::default(), &words, &reading, &names());
    let mut evaluation = Evaluation::new(&plan, &index, &reading, Scope::Body);
    let found = evaluation.matches(id, Scope::Body).to_vec();
    assert_eq!(found, [Interval { start: 1, end: 9 }]);
    let leaves = evaluation.leaf_spans(id, Scope::Body, found[0]);
    let said: Vec<_> = leaves.into_iter().map(|leaf| say(&reading, &words, leaf)).collect();
    assert_eq!(said, ["supplier", "shall", "return", "data"]);
    let operands: Vec<_> = plan.operands(id).collect();
    let told: Vec<_> = operands.iter().map(|&operand| plan.describe(operand)).collect();
    assert_eq!(
        told,
        ["the supplier", "a binding word (shall, must, will)", "\"return\" or \"hand\"", "\"data\""]
    );
    assert_eq!(plan.text(operands[2]), "(return or hand)");
    let everywhere: Vec<_> = operands.iter().map(|&operand| plan.stands_everywhere(operand)).collect();
    assert_eq!(everywhere, [true, true, false, false]);
    assert_eq!(evaluation.matches(operands[3], Scope::Body).len(), 2);
}

#[test]
fn lists_in_a_circle_are_refused() {
    let lists: BTreeMap<_, _> = [("a", "x or $b"), ("b", "y or $c"), ("c", "$a"), ("d", "z")]
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into();
    let (vocabulary, errors) = Vocabulary::read(&lists);
    assert_eq!(vocabulary.lists.keys().collect::<Vec<_>>(), ["d"]);
    let told: Vec<_> = errors.iter().map(|(name, error)| (name.as_str(), error.range.clone())).collect();
    assert_eq!(told, [("a", 5..7), ("b", 5..7), ("c", 0..2)]);
}

/// The mistakes of a pattern as "[place] message: advice".
fn mistakes(pattern: &str) -> Vec<String> {
    let errors = parse(pattern, &vocabulary()).expect_err(pattern);
    let told = |error: SyntaxError| {
        let at = pattern.get(error.range).unwrap_or("?");
        format!("[{at}] {}: {}", error.message, error.advice)
    };
    errors.into_iter().map(told).collect()
}

#[test]
fn every_mistake_has_its_place_and_advice() {
    let told = [
        (
            "step in",
            "[step in] two terms side by side need a connector: write \"step in\" for the phrase, or: step or in",
        ),
        (
            "a & step in rights",
            "[step in rights] several terms side by side need a connector: write \"step in rights\" for the phrase, or: step or in or rights",
        ),
        (
            "a and b",
            "[a and b] several terms side by side need a connector: for \"and\" write & (same clause), /p (same paragraph) or /s (same sentence)",
        ),
        (
            "@must not",
            "[@must not] two terms side by side need a connector: for \"but not\" write %, for a negation in the text write @not",
        ),
        (
            "@must (a)",
            "[@must (a)] two terms side by side need a connector: write or, +n, /n, +s, /s, +p, /p, & or % between them",
        ),
        ("", "[] an empty pattern: write at least one term"),
        ("a & ()", "[()] empty parentheses: write a pattern between ( and )"),
        ("heading( )", "[heading( )] an empty heading(): write a pattern between ( and )"),
        ("a & (b or c", "[(] this parenthesis is never closed: close it with )"),
        ("a) or b", "[)] `)` closes nothing: leave it out, or open it with ("),
        ("a & \"b c", "[\"b c] this quotation mark is never closed: close it with \""),
        ("a & \"--\"", "[\"--\"] there is no word in this term: write a word, or leave it out"),
        ("a /s", "[/s] nothing follows `/s`: a connector stands between two terms: add one or take it out"),
        ("& a", "[&] `&` has no term in front: a connector stands between two terms"),
        ("a or or b", "[or] `or` has no term in front: for the word itself write \"or\""),
        ("a +0 b", "[+0] a distance of 0 words: use 1 to 255, or s for the same sentence"),
        ("a /256 b", "[/256] a distance of 256 words: use 1 to 255, or s for the same sentence"),
        ("a /x b", "[/x] no such connector: `/x`: write +5 or /5, +s or /s, +p or /p"),
        ("@suplier", "[@suplier] no sign is called `@suplier`: write @supplier"),
        (
            "$daata",
            "[$daata] no list is called `$daata`: write $data, or add it to [lists] in vocabulary.toml",
        ),
        ("$zebra", "[$zebra] no list is called `$zebra`: add it to [lists] in vocabulary.toml"),
        ("trans!fer", "[trans!fer] `!` stands at the end of a root: end the root with it: trans!"),
        ("t!", "[t!] this root is too short: write at least two letters before `!`"),
        ("#breach!", "[breach!] `#` asks for one form, `!` and `*` for several: leave one of them out"),
        ("**", "[**] there is no letter in this word: write at least one letter"),
        ("@duration<=72", "[72] a duration needs a unit: write 72h or 72d"),
        ("@duration<=72hours", "[72hours] no such unit: `hours`: the units are min, h, d, bd, w, mo and y"),
        ("@money>=10k", "[10k] @money is compared with a bare figure: write 10"),
        ("@percent>=x", "[x] no such number: `x`: write a figure: @percent>=99.5"),
        ("@date<2026-02-30", "[2026-02-30] no such date: `2026-02-30`: write year, month, day: 2026-01-31"),
        (
            "99.5% or a",
            "[%] `%` behind a figure is the connector \"but not\": write @percent=99.5 for the percentage",
        ),
        ("a | b", "[|] `|` is no connector: write or"),
        (
            "a ; b",
            "[;] `;` means nothing in a pattern: write or, +n, /n, +s, /s, +p, /p, & or % between terms",
        ),
        ("a >= 3", "[>=] a comparison without a quantity: put it right behind a quantity: @percent>=99.5"),
    ];
    for (pattern, expected) in told {
        assert_eq!(mistakes(pattern), [expected], "{pattern}");
    }
    assert_eq!(mistakes("@suplier /s $daata /s step in").len(), 3, "all mistakes at once");
}

#[test]
fn size_and_depth_are_bounded() {
    let wide = format!("a{}", " or a".repeat(500));
    assert!(parse(&wide, &vocabulary()).is_ok());
    let long = format!("a{}", " or a".repeat(2000));
    assert!(mistakes(&long)[0].contains("the longest allowed is 8192"));
    let nested = |depth: usize| format!("{}a{}", "heading(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(63), &vocabulary()).is_ok());
    for deep in [nested(64), nested(900), "(".repeat(8000), format!("a{}", " /s a".repeat(64))] {
        let told = mistakes(&deep);
        assert!(told.iter().any(|told| told.contains("more than 64 parts")), "{told:?}");
    }
}

#[test]
fn a_vocabulary_without_binding_words_says_so() {
    let errors = parse("a /s @must", &Vocabulary::default()).unwrap_err();
    assert_eq!(errors[0].message, "the vocabulary has no list `must` for `@must`");
    assert_eq!(errors[0].range, 5..10);
}

#[test]
fn folding_reaches_both_sides() {
    assert_eq!(find("breaches", "breach breach's breaches breached"), ["breach", "breach's", "breaches"]);
    assert_eq!(find("#breach", "breaches breach"), ["breach"]);
    assert_eq!(
        find("licenc!", "License licensee licence license-holder"),
        ["License", "licensee", "licence", "license"]
    );
    assert_eq!(find("organis!", "organizations organise organic"), ["organizations", "organise"]);
    assert_eq!(find("\"service credits\"", "Service credit"), ["Service credit"]);
    assert_eq!(find("process!", "proceeds processes"), ["processes"]);
}

#[test]
fn equal_parts_are_one_step() {
    let mut builder = PlanBuilder::default();
    for pattern in ["a /s (b or \"c d\")", "(\"c d\" or b) /s a", "a /s ($data or $data)"] {
        builder.add(&parsed(pattern), &vocabulary());
    }
    let plan = builder.finish();
    // a; b; "c d"; b or "c d"; a /s ...; its mirror image; data; "personal information"; $data; a /s $data
    assert_eq!(plan.steps.len(), 10, "{:?}", plan.steps.iter().collect::<Vec<_>>());
}

#[test]
fn a_lexicon_serves_many_readings() {
    let mut builder = PlanBuilder::default();
    let id = builder.add(&parsed("duty or @supplier"), &vocabulary());
    let plan = builder.finish();
    let mut lexicon = Lexicon::default();
    let (first, words) = read("a duty");
    let _ = Index::with_names(&plan, &mut lexicon, &words, &first, &names());
    let mut grown = words.clone();
    let mut reading = Reading::default();
    paragraph("helix has a duty", &mut reading, &mut grown);
    reading.paragraphs.push(0);
    let index = Index::with_names(&plan, &mut lexicon, &grown, &reading, &names());
    let found = Evaluation::new(&plan, &index, &reading, Scope::All).matches(id, Scope::All).to_vec();
    assert_eq!(found, [Interval { start: 0, end: 1 }, Interval { start: 3, end: 4 }]);
}
