//! `rockon-stage`: worlds for the scenario runners of other languages. Prints its address, ends when its input ends.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool of the tests"
)]

use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("stage http://{}", listener.local_addr().unwrap());
    let (mut input, mut rest) = (tokio::io::stdin(), Vec::new());
    tokio::select! {
        served = rockon_tests::stage::serve(listener) => served.unwrap(),
        // Whoever started it is gone, however they went.
        _ = input.read_to_end(&mut rest) => {}
    }
}
