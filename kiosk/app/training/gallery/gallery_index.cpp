#include "app/training/gallery/gallery.hpp"

#include <map>

namespace app::training::gallery {

namespace {

constexpr const char* head = R"(<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>页面图册 · Gallery of pages</title>
<style>
:root { --ink: #1a2233; --quiet: #465166; --line: #d3dbe6; --action: #0b4a9b; }
* { box-sizing: border-box; }
body { margin: 0; background: #f3f6fa; color: var(--ink);
       font: 16px/1.5 "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
body > input { position: absolute; opacity: 0; }
header { position: sticky; top: 0; z-index: 1; background: #fff; padding: 16px 32px 12px;
         border-bottom: 1px solid var(--line); }
h1 { font-size: 22px; margin: 0 0 8px; }
h1 small { font-weight: normal; color: var(--quiet); font-size: 16px; margin-left: 8px; }
.filter { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 4px 0; }
.filter b { width: 10em; font-weight: normal; color: var(--quiet); }
label { border: 1px solid var(--line); border-radius: 16px; padding: 2px 14px; cursor: pointer;
        background: #fff; }
nav { columns: 16em; padding: 16px 32px 0; }
nav a { display: block; color: var(--action); text-decoration: none; padding: 2px 0; }
nav a:hover { text-decoration: underline; }
main { padding: 0 32px 64px; }
section { scroll-margin-top: 200px; }
h2 { font-size: 18px; margin: 32px 0 12px; padding-top: 16px; border-top: 1px solid var(--line); }
.grid { display: flex; flex-wrap: wrap; gap: 20px; align-items: flex-start; }
figure { margin: 0; width: 230px; }
figure.landscape, figure.small { width: 400px; }
img { width: 100%; display: block; border: 1px solid var(--line); background: #fff; }
figcaption { color: var(--quiet); font-size: 14px; padding-top: 4px; }
)";

struct Value {
    std::string id, label;
};
struct Filter {
    std::string name, label;
    std::vector<Value> values;
};

std::string both(const catalogue::Text& text) {
    return text.zh == text.en ? text.zh : text.zh + " " + text.en;
}

std::vector<Filter> filters() {
    Filter mode{"mode", "显示方式 Mode", {}}, panel{"panel", "屏幕 Panel", {}};
    for (const Mode& one : every_mode()) mode.values.push_back({one.name, both(one.label)});
    for (const Panel& one : every_panel()) panel.values.push_back({one.name, both(one.label)});
    return {std::move(mode),
            {"language", "语言 Language", {{"zh", "中文 Chinese"}, {"en", "英文 English"}}},
            std::move(panel)};
}

}  // namespace

std::string index_html(const std::vector<Picture>& pictures) {
    std::string style, inputs, bars;
    for (const Filter& filter : filters()) {
        const auto choice = [&](const std::string& value, const std::string& label, bool first) {
            const std::string id = filter.name + "-" + value;
            inputs += "<input type=\"radio\" name=\"" + filter.name + "\" id=\"" + id + "\"" +
                      (first ? " checked" : "") + ">\n";
            bars += "<label for=\"" + id + "\">" + label + "</label>";
            style += "#" + id + ":checked ~ header label[for=" + id +
                     "] { background: var(--action); color: #fff; border-color: var(--action); }\n"
                     "#" +
                     id + ":focus-visible ~ header label[for=" + id +
                     "] { outline: 3px solid #ffd400; }\n";
            if (value != "all")
                style +=
                    "#" + id + ":checked ~ main figure:not(." + value + ") { display: none; }\n";
        };
        bars += "<div class=\"filter\"><b>" + filter.label + "</b>";
        choice("all", "全部 All", false);
        bool first = true;
        for (const Value& value : filter.values) {
            choice(value.id, value.label, first);
            first = false;
        }
        bars += "</div>\n";
    }
    std::vector<std::string> order;
    std::map<std::string, std::vector<const Picture*>> by_page;
    for (const Picture& picture : pictures) {
        auto& list = by_page[picture.page];
        if (list.empty()) order.push_back(picture.page);
        list.push_back(&picture);
    }
    std::string links, sections;
    for (const std::string& page : order) {
        links += "<a href=\"#" + page + "\">" + page + "</a>\n";
        sections += "<section id=\"" + page + "\"><h2>" + page + "</h2><div class=\"grid\">\n";
        for (const Picture* picture : by_page[page]) {
            const std::string language = picture->locale == base::Locale::zh ? "zh" : "en";
            std::string caption = picture->mode + " · " + language + " · " + picture->panel;
            if (picture->part > 1) caption += " · " + std::to_string(picture->part);
            sections += "<figure class=\"" + picture->mode + " " + language + " " + picture->panel +
                        "\"><a href=\"" + picture->file() + "\"><img loading=\"lazy\" src=\"" +
                        picture->file() + "\" alt=\"" + page + ", " + caption +
                        "\"></a><figcaption>" + caption + "</figcaption></figure>\n";
        }
        sections += "</div></section>\n";
    }
    return std::string(head) + style + "</style>\n" + inputs +
           "<header><h1>页面图册<small>Gallery of pages · " + std::to_string(order.size()) + " × " +
           std::to_string(pictures.size()) + "</small></h1>\n" + bars + "</header>\n<nav>\n" +
           links + "</nav>\n<main>\n" + sections + "</main>\n</html>\n";
}

}  // namespace app::training::gallery
