// A rough picture of a screen as a web page, for a person to look at. It shows what is there and in which order; it does
// not show Apple's layout.

extension Host {
  public func html(dark: Bool = false) -> String {
    let screen = whole
    let layers = screen.map { node in Self.layers.contains(node.kind) ? "<div class='veil'></div>" + node.html : node.html }
    return """
      <!doctype html><meta charset=utf-8><style>
      *{box-sizing:border-box;margin:0} :root{--accent:#007aff;--bg:#f2f2f7;--card:#fff;--ink:#000;--line:#c6c6c8}
      body{width:393px;height:852px;overflow:hidden;position:relative;font:17px/1.3 Inter,Roboto,'DejaVu Sans',sans-serif;background:var(--bg);color:var(--ink)}
      .tabs,.page,.sheet,.split{position:absolute;inset:0;display:flex;flex-direction:column}.page{position:static;flex:1;min-height:0;overflow:hidden}
      .bar{display:flex;flex-wrap:wrap;gap:8px;padding:50px 16px 8px;align-items:center}.sheet .bar{padding-top:16px}.bar b{order:9;width:100%;font-size:32px}.bar .gap{flex:1}
      .list{flex:1;overflow:auto;padding:0 16px 16px}.list>*,.section>*{background:var(--card);padding:11px 16px;border-bottom:.5px solid var(--line);display:flex;gap:8px;align-items:center}
      .section{background:none!important;display:block!important;padding:0!important;border:0!important;margin:16px 0}.header,.footer{background:none!important;border:0!important;font-size:13px;color:#6d6d72;text-transform:none}
      .header:empty,.footer:empty{display:none}.line{display:flex;flex:1}.column{display:flex;flex-direction:column}.spacer{flex:1}
      .button{color:var(--accent)}.list>.button,.section>.button{color:var(--ink)}.off{opacity:.35}.destructive{color:#ff3b30!important}
      .field,.secret,.editor{justify-content:space-between}.field i,.secret i,.editor i,.search i{font-style:normal;color:#8a8a8e}.focused{outline:2px solid var(--accent)}
      .search{margin:0 16px 8px;background:#e3e3e8;border-radius:10px;padding:7px 10px;display:flex;gap:8px}
      .toggle,.pair,.picker,.stepper,.date{justify-content:space-between}.knob{width:51px;height:31px;border-radius:16px;background:#e9e9ea}.knob.on{background:#34c759}.option:not(.chosen){display:none}
      .tabbar{display:flex;justify-content:space-around;padding:8px 0 24px;background:#f9f9f9;border-top:.5px solid var(--line);font-size:11px}.tab{color:#8a8a8e}.tab .label{flex-direction:column;gap:2px}.tab.chosen{color:var(--accent)}
      .badge{background:#ff3b30;color:#fff;border-radius:10px;padding:0 6px;font-size:13px}.label{display:flex;gap:8px;align-items:center}.sym{font-size:11px;border:1px solid;border-radius:5px;padding:0 3px}
      .veil{position:absolute;inset:0;background:#0004}.sheet{top:56px;background:var(--bg);border-radius:12px 12px 0 0;overflow:hidden}
      .alert,.dialog{position:absolute;left:50px;right:50px;top:300px;background:#f2f2f2;border-radius:14px;padding:16px;text-align:center;display:flex;flex-direction:column;gap:10px}.title{font-weight:600}
      .cover{position:absolute;inset:0;background:#000;color:#fff;display:flex;flex-direction:column;padding:50px 16px 24px}.cover>*{flex:1}
      .pile{display:grid;flex:1}.pile>*{grid-area:1/1}.cover .button>.color{height:100%;width:100%}
      .nothing{position:absolute;left:0;right:0;top:380px;text-align:center;display:flex;flex-direction:column;align-items:center;gap:8px}.swipe{font-size:11px;color:#8a8a8e}
      .largeTitle{font-size:34px}.headline{font-weight:600}.caption,.footnote{font-size:12px}
      [style*=line-clamp]{display:-webkit-box!important;-webkit-box-orient:vertical;overflow:hidden}.rough{position:absolute;right:8px;top:6px;font-size:10px;color:#8a8a8e}
      </style><body>\(layers.joined())<div class='rough'>words and order, not Apple's layout</div>
      """
  }
}
extension Node {
  var html: String {
    func safe(_ text: String) -> String { text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;") }
    if kind == "search" { return "<div class='search'>⌕ \(value.isEmpty ? "<i>\(safe(own))</i>" : safe(value))</div>" }
    if kind == "image" { return "<span class='sym' style='\(css)'>\(safe(detail))</span>" }
    // The bar of a page says its title.
    var inside = kind == "bar" ? "<b>\(safe(own))</b>" : ["page", "sheet", "cover"].contains(kind) ? "" : safe(own)
    let hint = swipe.isEmpty ? "" : "<span class='swipe'>⟵ \(safe(swipe.map(\.label).joined(separator: ", ")))</span>"
    let parts =
      kind == "bar"
      ? children.filter { $0.placement == "leading" || $0.own == "Back" }.map(\.html) + ["<span class='gap'></span>"]
        + children.filter { $0.placement != "leading" && $0.own != "Back" }.map(\.html) : children.map(\.html)
    inside += parts.joined()
    switch kind {
    case "field", "secret", "editor":
      inside = value.isEmpty ? (detail.isEmpty ? "<i>\(inside)</i>" : "<i>\(safe(detail))</i>") : (kind == "secret" ? "••••" : safe(value))
    case "toggle": inside += "<span class='knob \(value)'></span>"
    case "date": inside += "<span>\(safe(value))</span>"
    default: break
    }
    if !badge.isEmpty { inside += "<span class='badge'>\(badge)</span>" }
    return
      "<div class='\(kind) \(kind == "button" ? detail : "") \(value == "chosen" ? "chosen" : "") \(focused ? "focused" : "") \(enabled ? "" : "off") \(style["--font"] ?? "")' style='\(css)'>\(inside)\(hint)</div>"
  }
  private var css: String {
    var style = style
    if let font = style["--font"], font.hasPrefix("at") { style["font-size"] = "\(font.dropFirst(2))px" }
    return style.filter { ($0.key == "--accent" || !$0.key.hasPrefix("--")) && $0.key != "padding" }.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
      .joined(separator: ";")
  }
}
