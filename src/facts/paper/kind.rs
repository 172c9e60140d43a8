//! The kinds of paper. They stand by themselves because the build script reads them too.

use serde::{Deserialize, Serialize};

/// The kinds of paper that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PaperKind {
    /// An agreement for services, and any other contract.
    Agreement,
    /// An agreement under which orders or statements of work are made.
    MasterAgreement,
    /// Terms for software or a cloud service that the customer subscribes to.
    Subscription,
    /// A service level agreement or schedule.
    ServiceLevels,
    /// A data processing agreement.
    DataProcessing,
    /// A non-disclosure agreement.
    NonDisclosure,
    /// A statement of work or an order under an agreement.
    StatementOfWork,
    /// No contract: a README, a recipe, an article.
    NotAContract,
}
