//! The rules that ship with clauselint, embedded by `src/build.rs`: their files, and the rule set that
//! the files give, prepared when the library was built.

/// Path from the top of the package ("clause-rules/core/exit-transition.toml") and text, sorted by
/// path.
#[cfg(prepared)]
pub(super) static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/clause_rules.rs"));

/// What [`super::prepared::write`] made of them; empty when they have mistakes.
#[cfg(prepared)]
pub(super) static PREPARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/clause_rules.bin"));

/// The numbers of their plan, as the script wrote them.
#[cfg(prepared)]
const BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/plan.bin"));

/// The same as numbers: the compiler works them out, so that a run finds them where they lie.
#[cfg(prepared)]
#[allow(long_running_const_eval, clippy::allow_attributes, reason = "a few steps for each number")]
static IN_PLACE: [u32; BYTES.len() / 4] = {
    let mut numbers = [0; BYTES.len() / 4];
    let (fours, _) = BYTES.as_chunks::<4>();
    let mut at = 0;
    while at < numbers.len() {
        numbers[at] = u32::from_le_bytes(fours[at]);
        at += 1;
    }
    numbers
};

/// The numbers of their plan.
#[cfg(prepared)]
pub(super) static NUMBERS: &[u32] = &IN_PLACE;

/// The texts of their plan.
#[cfg(prepared)]
pub(super) static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/plan.txt"));

// The build script itself compiles this room too, to read the files that it collects.
#[cfg(not(prepared))]
pub(super) static FILES: &[(&str, &str)] = &[];
#[cfg(not(prepared))]
pub(super) static PREPARED: &[u8] = &[];
#[cfg(not(prepared))]
pub(super) static NUMBERS: &[u32] = &[];
#[cfg(not(prepared))]
pub(super) static TEXT: &str = "";
