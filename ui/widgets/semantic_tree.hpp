// What stands on the panel, in words: every visible thing registers here each frame, in reading
// order. Tests tap by name and check geometry on it; speech, keypad focus and masked help read it.
// It may hold a citizen's data, so each new frame and the end of a session overwrite it. Main
// thread.
#pragma once

#include "ui/screens/screen.hpp"
#include "ui/theme/geometry.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ui::widgets {

enum class Role {
    text,
    heading,
    picture,
    status,
    step,
    progress,
    card,
    button,
    primary_button,
    utility_button,
    link,
    tile,
    chip,
    choice,
    tick,
    field,
    key,
    candidate,
    signature_pad,
    row,
    scroller,  // takes a finger that slides; a tap on it does nothing
    writing_pad,
    dialog,
};
std::string_view name(Role role);

// A line of text as it was broken and drawn.
struct WrittenLine {
    std::string text;
    theme::Rect rect;  // its em squares
    float em = 0;      // px
};

struct Node {
    std::string id;  // of the screen; texts without one get the id of their place
    Role role = Role::text;
    std::string text;
    theme::Rect rect;       // what is seen
    theme::Rect text_rect;  // round the lines of text inside; empty without text
    theme::Rect hit;        // where a touch counts; empty when it is not a control
    bool enabled = true;
    bool repeats = false;  // acts again and again while it is held: 删除
    int focus_order = -1;  // reading order of the controls, from 0
    float em = 0;          // px, of the smallest text in it
    screens::Sensitivity sensitivity = screens::Sensitivity::open;
    bool selected = false;
    std::string value;               // of fields and progress
    std::vector<WrittenLine> lines;  // of its text, from top to bottom
    std::string label;  // the name of a control whose own words do not say what it is about
    bool news = false;  // of a control: said when it comes, as what tells of something is

    bool interactive() const { return hit.w > 0; }
};

class SemanticTree {
  public:
    using Handle = std::size_t;

    SemanticTree() = default;
    SemanticTree(const SemanticTree&) = delete;
    SemanticTree& operator=(const SemanticTree&) = delete;
    ~SemanticTree() { wipe(); }

    void begin(std::string screen_name);  // forgets the frame before
    Handle add(Node node);
    Node& operator[](Handle handle) { return nodes_[handle]; }

    // The page's own content lies between these: before it the frame's head, then its bar, after it
    // what others lay over the page.
    void content_begins() { content_from_ = nodes_.size(); }
    void content_ends() { content_to_ = nodes_.size(); }
    void page_ends() { page_end_ = nodes_.size(); }
    std::size_t content_from() const { return content_from_; }
    std::size_t page_end() const { return page_end_; }
    bool is_content(std::size_t node) const;
    // The node the five keys stand on.
    std::optional<Handle> key_focus() const { return key_focus_; }
    void set_key_focus(std::optional<Handle> node) { key_focus_ = node; }
    Node& newest() { return nodes_.back(); }

    const std::string& screen_name() const { return screen_name_; }
    const std::vector<Node>& nodes() const { return nodes_; }
    // First an exact id, else the first control, else the first node whose text contains the words.
    const Node* find(std::string_view id_or_text) const;
    // The control under a point; later ones lie on top.
    const Node* control_at(theme::Point point) const;
    const Node* scroller_at(theme::Point point) const;

    std::string as_text() const;  // one line per node, for people
    std::string as_json() const;
    void wipe();

  private:
    std::string screen_name_;
    std::vector<Node> nodes_;
    int controls_ = 0;
    std::size_t content_from_ = 0, content_to_ = 0, page_end_ = 0;
    std::optional<Handle> key_focus_;
};

}  // namespace ui::widgets
