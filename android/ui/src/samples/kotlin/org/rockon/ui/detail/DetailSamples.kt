package org.rockon.ui.detail

import org.rockon.RowId
import org.rockon.ui.fields.Change
import org.rockon.ui.fields.Fact
import org.rockon.ui.fields.LastEdit
import org.rockon.ui.fields.Person
import org.rockon.ui.fields.text
import org.rockon.ui.practice.PracticeField
import org.rockon.ui.practice.PracticeForm
import org.rockon.ui.show.ShowField
import org.rockon.ui.show.ShowForm

/** States of a show and a practice as they can be, for pictures and for tests. */
object DetailSamples {
    private val setlist = RowId("60000000-0000-4000-8000-000000000001")

    internal val people = listOf(
        Person("1", "Pat", "landlord", "+44 1632 960001"),
        Person("2", "Jo", "sound", "+44 1632 960002", "jo@crown.test"),
    )

    val show = DetailState(
        ShowForm,
        isLoaded = true,
        title = Fact(ShowField.NAME, "The Crown"),
        at = "Saturday, 5 December 2026, 20:00",
        status = "confirmed",
        facts = listOf(
            Fact(ShowField.VENUE, "The Crown"),
            Fact(ShowField.LOCATION, "12 Mill Lane"),
            Fact(ShowField.LOAD_IN, "17:30"),
            Fact(ShowField.SOUNDCHECK, "18:30"),
            Fact(ShowField.SET, "20:30"),
            Fact(ShowField.END, "23:00"),
            Fact(ShowField.DURATION, "150"),
            Fact(ShowField.PAY, "450"),
            Fact(ShowField.GIG_TYPE, "pub"),
            Fact(ShowField.SETLIST, "The Crown, two sets"),
            Fact(ShowField.CONTACTS, people.text()),
            Fact(ShowField.NOTES, "Bring our own monitors."),
        ),
        setlist = setlist,
        seenBy = listOf("Eric", "Sam"),
        lastChange = LastEdit("Eric", "30 Nov 2026, 21:14"),
        mayEdit = true,
    )

    val changed = show.copy(
        changes = listOf(
            Change(ShowField.LOAD_IN, "18:00", "17:30", "Eric"),
            Change(ShowField.STATUS, "scheduled", "confirmed", "Eric"),
            Change(ShowField.CONTACTS, null, null, "Sam", isWordless = true),
        ),
        isUnsent = true,
    )

    val cancelled = show.copy(status = "cancelled")

    val viewer = show.copy(mayEdit = false, facts = show.facts.filterNot { it.of.isForMembers })

    val bare = DetailState(ShowForm, isLoaded = true, title = Fact(ShowField.NAME, "TBC"), status = "scheduled", mayEdit = true)

    val gone = DetailState(ShowForm, isLoaded = true, isGone = true)

    val long = show.copy(
        title = Fact(
            ShowField.NAME,
            "The Extraordinarily Long-Winded Wedding and Function of Upper Hagen 🎸 ".repeat(4).trim(),
        ),
        facts = listOf(
            Fact(ShowField.LOCATION, "قاعة الاحتفالات الكبرى, 12 Mill Lane"),
            Fact(ShowField.SET, "after the support act"),
            Fact(ShowField.CONTACTS, listOf(people[1].copy(name = "Bartholomew Featherstonehaugh-Cholmondeley")).text()),
            Fact(ShowField.NOTES, "Bring our own monitors. ".repeat(30)),
        ),
    )

    val practice = DetailState(
        PracticeForm,
        isLoaded = true,
        title = Fact(PracticeField.TYPE, "rehearsal"),
        at = "Thursday, 3 December 2026, 19:30",
        status = "completed",
        facts = listOf(
            Fact(PracticeField.LOCATION, "Unit 4, Dock Road"),
            Fact(PracticeField.DURATION, "180"),
            Fact(PracticeField.SETLIST, "The Crown, two sets"),
            Fact(PracticeField.SONGS, "Acquiesce\nZombie"),
            Fact(PracticeField.ATTENDEES, "Eric\nSam\nLiv"),
            Fact(PracticeField.OBJECTIVES, "Run both sets without stopping\nEnds of Zombie"),
            Fact(PracticeField.NOTES, "Full run, with breaks."),
            Fact(PracticeField.RATING, "4"),
            Fact(PracticeField.WRAP_UP, "Reptilia still drags."),
        ),
        reached = listOf("Ends of Zombie"),
        setlist = setlist,
        lastChange = LastEdit("Noel", "2 Dec 2026, 09:02"),
        mayEdit = true,
    )

    val practiceGone = DetailState(PracticeForm, isLoaded = true, isGone = true)
}
