import Design
import Models
import SwiftUI

/// One page: the title first, then what one needs to begin.
struct PageView: View {
  let page: StagePage
  let model: GigScreenModel

  var body: some View {
    VStack(spacing: Spacing.large) {
      if let section = page.section {
        Text(verbatim: section).gigFont(TypeScale.gigNext).foregroundStyle(Color.stage(\.textQuiet)).lineLimit(2)
      }
      if let pause = model.pause {
        Group { if model.isPauseOver { Text("gig.pause_over") } else { words("gig.pause_left", "\(pause)") } }
          .gigFont(TypeScale.gigTitle).monospacedDigit()
      } else {
        ItemNameText(name: page.title).gigFont(TypeScale.gigTitle).lineLimit(4)
      }
      if let artist = page.artist { Text(verbatim: artist).gigFont(TypeScale.gigNext).lineLimit(2) }
      KeyText(page: page).gigFont(TypeScale.gigKey).foregroundStyle(Color.stage(\.accent))
      if let tempo = page.tempo { TempoDot(tempo: tempo, beat: page.beat ?? 1, model: model) }
      if let notes = page.notes { Text(verbatim: notes).gigFont(TypeScale.gigNotes).multilineTextAlignment(.center) }
      Spacer()
      NextLine(next: model.next)
    }
    .frame(maxWidth: .infinity, maxHeight: .infinity)
  }
}

private struct KeyText: View {
  let page: StagePage

  var body: some View {
    if let key = page.key, let capo = page.capo {
      words("gig.key_capo", "\(key)\(capo)")
    } else if let key = page.key {
      Text(verbatim: key)
    } else if let capo = page.capo {
      LabeledContent("song.capo", value: capo, format: .number)
    }
  }
}

/// The tempo; touched, its dot flashes for four bars. It makes no sound.
private struct TempoDot: View {
  let tempo: Int
  let beat: Double
  let model: GigScreenModel

  var body: some View {
    Button {
      model.tempoTapped()
    } label: {
      HStack {
        Circle().fill(Color.stage(\.accent)).frame(width: 32, height: 32)
          .opacity(model.isBeating ? 0 : 1)
          .animation(
            model.isBeating ? .easeOut(duration: beat).repeatCount(16, autoreverses: false) : nil,
            value: model.isBeating)
        words("app.tempo", "\(tempo)").gigFont(TypeScale.gigKey)
      }
      .frame(minHeight: Sizes.touchGig)
    }
    .buttonStyle(.plain)
    .accessibilityHint("gig.tap_tempo")
  }
}

private struct NextLine: View {
  let next: StagePage?

  var body: some View {
    Group {
      switch next?.title {
      case .written(let title)?: words("gig.next", "\(title)")
      case let other?:
        HStack {
          Text("gig.next_other")
          ItemNameText(name: other)
        }
      case nil: Text("gig.last")
      }
    }
    .gigFont(TypeScale.gigNext).foregroundStyle(Color.stage(\.textQuiet)).lineLimit(2)
  }
}

/// Behind the last page.
struct EndPage: View {
  let model: GigScreenModel

  var body: some View {
    VStack(spacing: Spacing.large) {
      Text("gig.end").gigFont(TypeScale.gigTitle)
      Text("gig.end_hint").gigFont(TypeScale.gigNext)
      Button("gig.leave") { model.endTapped() }.buttonStyle(.borderedProminent).gigFont(TypeScale.gigNext)
    }
    .frame(maxWidth: .infinity, maxHeight: .infinity)
  }
}
