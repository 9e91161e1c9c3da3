//! Nineteen sync defects of a real band app, each as a test on real phones that fails where the defect is.
//!
//! | | the defect | the test |
//! |---|---|---|
//! | d01 | an edit in flight when the app was killed is never sent again | `sending::d01_...` |
//! | d02 | a lost answer makes the same create fail or happen twice | `sending::d02_...` |
//! | d03 | the cursor is the phone's clock | `reading::d03_...` |
//! | d04 | more missed changes than one page are skipped | `reading::d04_...` |
//! | d05 | what was skipped for an unsent edit is never read again | `sending::d05_...` |
//! | d06 | two offline edits of one field: the last one wins in silence | `sending::d06_...` |
//! | d07 | a partial save empties the fields that it does not name | `rows::d07_...`, and the store's own `d07_...` |
//! | d08 | a remote change empties the local fields that it does not name | `rows::d08_...`, and the store's own `d08_...` |
//! | d09 | server dates are overwritten on first arrival | `rows::d09_...`, and the store's own `d09_...` |
//! | d10 | applying a remote delete sends another delete | `rows::d10_...`, and the store's own `d10_...` |
//! | d11 | a refused delete looks done here and nowhere else | `sending::d11_...` |
//! | d12 | what happened while the socket was down appears after a restart only | `reading::d12_...` |
//! | d13 | after a dropped socket or a channel error nothing is joined again | `reading::d13_...` |
//! | d14 | the first notice is lost, a steady stream of changes gives none | `notices::d14_...`, and the batcher's own `d14_...` |
//! | d15 | the status of a practice never leaves the phone | `rows::d15_...` |
//! | d16 | personal rows do not reach the own second phone | `reading::d16_...` |
//! | d17 | a row too large for an event does not arrive | `reading::d17_...` |
//! | d18 | an edit that could not be sent is shown as synced | `notices::d18_...` |
//! | d19 | a kind, or a column, is written and never read | `rows::d19_...` |

mod notices;
mod reading;
mod rows;
mod sending;
