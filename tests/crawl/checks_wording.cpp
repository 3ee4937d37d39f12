// The words themselves (ux.md: UX-037, 038, 084 and the wording of the elder mode).
#include "tests/crawl/checks.hpp"

#include <regex>

namespace crawl {

namespace {

// A screen's own sentences; what a person typed and the training band are not ours to judge.
bool is_ours(const Node& node) {
    return !is_key(node) && node.role != Role::field && node.id != "training_band";
}

std::vector<std::string> sentences(const std::string& text) {
    std::vector<std::string> out(1);
    for (std::size_t at = 0; at < text.size();) {
        bool ends = false;
        for (const std::string_view stop : {"。", "！", "？", "；", "\n", "：", "，", "、"})
            if (text.compare(at, stop.size(), stop) == 0) {
                // A comma gives breath, too, but does not end a sentence.
                ends = stop != "，" && stop != "、";
                if (!ends) out.back() += stop;
                at += stop.size();
                goto next;
            }
        out.back() += text[at++];
    next:
        if (ends) out.emplace_back();
    }
    return out;
}

void plain_words(const Drawn& d, Sink& out, Memory&) {
    if (!d.chinese()) return;
    for (const Node& node : d.nodes) {
        if (!is_ours(node)) continue;
        for (const char* word : {"非法", "无效", "系统异常", "参数错误", "错误码"})
            if (node.text.find(word) != std::string::npos) out.say(words(node));
        if (node.text == "请重试" || node.text == "超时") out.say(words(node));
    }
}

// The law is quoted in its own words, which are not ours to shorten; what follows from them for the
// citizen stands on the other pages of the guide, in short sentences.
// So is what an office publishes.
bool quotes_the_law(const Drawn& d, const Node& node) {
    if (d.page.screen.name == "document")
        return node.role == Role::scroller || node.role == Role::row;
    return d.page.screen.name == "guide_basis" && node.role == Role::scroller;
}

// A service is called what the national list calls it, however long that is.
std::string without_official_names(const Drawn& d, std::string text) {
    const auto& pack = d.sample.pack ? *d.sample.pack : app::training::samples::pack();
    for (const auto& item : pack.items)
        if (const auto at = text.find(item.name.zh); at != std::string::npos)
            text.erase(at, item.name.zh.size());
    return text;
}

void elder_sentences(const Drawn& d, Sink& out, Memory&) {
    if (!d.elder() || !d.chinese() || d.for_technicians()) return;
    for (const Node& node : d.nodes) {
        if (!is_ours(node) || quotes_the_law(d, node)) continue;
        const auto said = sentences(without_official_names(d, node.text));
        for (const std::string& sentence : said)
            if (count_hanzi(sentence) > 20) out.say(sentence);
    }
}

void elder_jargon(const Drawn& d, Sink& out, Memory&) {
    if (!d.elder() || !d.chinese()) return;
    for (const Node& node : d.nodes)
        for (const char* word : {"办件", "要素", "核验"})
            if (is_ours(node) && node.text.find(word) != std::string::npos)
                out.say(std::string(word) + ": " + words(node));
}

void optional_not_starred(const Drawn& d, Sink& out, Memory&) {
    for (const auto& block : d.page.screen.blocks)
        if (const auto* field = std::get_if<ui::screens::Field>(&block))
            if (field->label.find('*') != std::string::npos) out.say(field->label);
}

void titles(const Drawn& d, Sink& out, Memory& memory) {
    const auto& screen = d.page.screen;
    std::set<std::string> headings;
    for (const Node& node : d.nodes)
        if (node.role == Role::heading && !headings.insert(node.text).second)
            out.say("twice on one page: " + node.text);
    if (screen.overlay || screen.title.empty()) return;
    // The same question on two pages would be two questions with one name.
    auto& page = memory.titles[d.variant()][screen.title + "\n" + screen.subtitle];
    if (page.empty()) page = screen.name;
    out.expect(page == screen.name, "“" + screen.title + "” is also the title of " + page);
}

void short_errors(const Drawn& d, Sink& out, Memory&) {
    if (!d.chinese()) return;
    for (const auto& block : d.page.screen.blocks) {
        if (const auto* field = std::get_if<ui::screens::Field>(&block))
            if (count_hanzi(field->error) > 24) out.say(field->error);
        if (const auto* summary = std::get_if<ui::screens::ErrorSummary>(&block))
            for (const auto& line : summary->lines)
                if (count_hanzi(line.text) > 24) out.say(line.text);
    }
}

void no_latin_codes(const Drawn& d, Sink& out, Memory&) {
    if (!d.chinese() || d.for_technicians()) return;
    static const std::regex code("[A-Z][a-z]+[A-Z][a-z]+|[a-z]_[a-z]|\\b[a-z]\\.[a-z]");
    for (const Node& node : d.nodes) {
        for (const char* word : {"error", "Error", "ERROR", "null", "timeout", "HTTP"})
            if (is_ours(node) && node.text.find(word) != std::string::npos) out.say(words(node));
        // The names of faults and of fields: CardReaderAbsent, p.live_detail.
        if (is_ours(node) && std::regex_search(node.text, code)) out.say(words(node));
    }
}

}  // namespace

std::vector<Check> wording_checks() {
    return {{"wording.plain", plain_words},
            {"wording.no_codes", no_latin_codes},
            {"wording.elder_sentences", elder_sentences},
            {"wording.elder_jargon", elder_jargon},
            {"wording.no_stars", optional_not_starred},
            {"wording.titles", titles},
            {"wording.short_errors", short_errors}};
}

}  // namespace crawl
