//! A song or a setlist for people outside the app.

sentences! {
    no_song(): "A song that is not here", "Ein Song, der nicht hier ist";
    capo(fret): "capo {fret}", "Kapo {fret}";
    tempo(bpm): "{bpm} bpm", "{bpm} bpm";
    pause(minutes): "Break, {minutes} min", "Pause, {minutes} min";
    running_time(time): "Running time {time}", "Spielzeit {time}";
    untimed(count):
        ["{count} song without a length", "{count} songs without a length"],
        ["{count} Song ohne Länge", "{count} Songs ohne Länge"];
}
