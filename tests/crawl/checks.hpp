// What the crawler asks of each drawn page. A check is a function from a page to findings in words;
// tests/crawl/requirements.txt says which requirement of ux.md each of them proves. Pure, besides
// the comparisons between pages, which remember what they saw in a Memory.
#pragma once

#include "tests/crawl/drawn.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace crawl {

struct Finding {
    std::string check, page, what;
};

// What is compared between pages of one run.
struct Memory {
    std::map<std::string, std::vector<std::pair<std::string, Rect>>> utility_bars;  // by variant
    // page, mode and language → panel → controls of all its parts
    std::map<std::string, std::map<std::string, std::set<std::string>>> controls;
    std::map<std::string, std::map<std::string, std::string>> titles;  // variant, title → page
    std::string said;  // in the tree of the parts drawn so far of the page at hand, without spaces
};

// Did a text, without its spaces, stand in the parts drawn so far? A long one may go on in the next
// part, below that part's own header.
bool was_said(std::string_view text, const Memory& memory);

class Sink {
  public:
    Sink(std::string check, const Drawn& page, std::vector<Finding>& out)
        : check_(std::move(check)), page_(page.name()), out_(out) {}
    void say(std::string what) { out_.push_back({check_, page_, std::move(what)}); }
    void expect(bool holds_true, const std::string& what) {
        if (!holds_true) say(what);
    }

  private:
    std::string check_, page_;
    std::vector<Finding>& out_;
};

struct Check {
    const char* name;
    void (*look)(const Drawn&, Sink&, Memory&);
};

// By part: touch, text, tree, wording, layout, contents, contrast.
std::vector<Check> touch_checks();
std::vector<Check> text_checks();
std::vector<Check> tree_checks();
std::vector<Check> wording_checks();
std::vector<Check> layout_checks();
std::vector<Check> content_checks();
std::vector<Check> contrast_checks();  // these need the pixels
std::vector<Check> every_check();

// After all pages: both orientations offer the same controls.
std::vector<Finding> compare_panels(const Memory& memory);

}  // namespace crawl
