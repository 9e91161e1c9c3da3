// SwiftPM takes a C target only with a source; the functions are in the core's library.
