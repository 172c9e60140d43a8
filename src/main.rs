//! The `clauselint` command: hands the command line to the library's `cli` and exits as it says.

fn main() -> std::process::ExitCode {
    clauselint::cli::run()
}
