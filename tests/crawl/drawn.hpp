// A page as the crawler sees it: what the app meant (Page), what stands on the panel (nodes, with
// the lines as they were broken), and the pixels. Main thread.
#pragma once

#include "app/training/gallery/every_page.hpp"
#include "app/training/gallery/painter.hpp"
#include "ui/theme/theme.hpp"

#include <string>
#include <vector>

namespace crawl {

using app::training::gallery::Mode;
using app::training::gallery::Panel;
using app::training::gallery::SamplePage;
using ui::theme::Rect;
using ui::widgets::Node;
using ui::widgets::Role;

// A page with a field in use is drawn twice: with its keys, and once they are put away.
enum class KeysShown { none, up, put_away };

struct Drawn {
    const SamplePage& sample;
    const Mode& mode;
    const Panel& panel;
    base::Locale locale;
    app::Page page;
    KeysShown keys = KeysShown::none;
    int part = 1;             // of a page that did not fit at once
    std::vector<Node> nodes;  // those above an overlay, when there is one
    domain::Picture pixels;   // empty when nobody wants them

    float mm(float millimetres) const { return millimetres * panel.px_per_mm; }
    bool elder() const { return mode.comfort.elder; }
    // Read by who mends the terminal and knows the names of faults and events.
    bool for_technicians() const {
        return sample.name.starts_with("maintain_") || sample.name.starts_with("set_up_");
    }
    bool chinese() const { return locale == base::Locale::zh; }
    Rect whole() const {
        return {0, 0, static_cast<float>(panel.width), static_cast<float>(panel.height)};
    }
    std::string variant() const;  // elder/zh/portrait
    std::string name() const;     // home elder/zh/portrait, form_phone(keys-away) elder/zh/small
    const Node* find(std::string_view id) const;
};

// The nodes of the newest frame, without those under an overlay.
std::vector<Node> nodes_on_top(const ui::widgets::SemanticTree& tree);

bool is_key(const Node& node);
// Also the row of methods, the writing pad and the readings.
bool is_of_the_keyboard(const Node& node);
bool holds(const Rect& outer, const Rect& inner);
std::string words(const Node& node);
std::string squeezed(std::string_view text);  // without spaces and line ends
std::size_t count_hanzi(std::string_view text);
std::vector<char32_t> characters(std::string_view text);

}  // namespace crawl
