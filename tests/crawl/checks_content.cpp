// What certain pages must hold (ux.md 1.4 to 1.12).
#include "base/messages.hpp"
#include "domain/masking.hpp"
#include "tests/crawl/checks.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace crawl {

namespace {

using namespace ui::screens;

bool is(const Drawn& d, std::string_view screen) {
    return d.page.screen.name == screen && !d.page.screen.overlay;
}

std::string all_text(const Drawn& d) {
    std::string out;
    for (const Node& node : d.nodes) out += node.text + "\n" + node.value + "\n";
    return out;
}

bool says(const Drawn& d, const std::string& text) {
    return all_text(d).find(text) != std::string::npos;
}

// What is asked of a page as a whole cannot be asked of its parts.
bool in_parts(const Drawn& d) {
    return d.find("part.on") || d.find("part.back");
}

bool goes_on(const Drawn& d) {
    const Node* on = d.find("part.on");
    return on && on->interactive() && on->enabled;
}

std::vector<const Node*> of_role(const Drawn& d, Role role) {
    std::vector<const Node*> out;
    for (const Node& node : d.nodes)
        if (node.role == role) out.push_back(&node);
    return out;
}

void expect_equal_sizes(const std::vector<const Node*>& nodes, Sink& out) {
    for (const Node* node : nodes) {
        const float ratio =
            node->rect.w * node->rect.h / (nodes.front()->rect.w * nodes.front()->rect.h);
        out.expect(ratio > 0.8F && ratio < 1.25F, "another size: " + words(*node));
        out.expect(!node->selected, "chosen beforehand: " + words(*node));
    }
}

void help(const Drawn& d, Sink& out, Memory&) {
    if (is(d, "maintain_clean")) return;  // touch is off while the screen is wiped
    if (!d.page.screen.overlay && !d.page.screen.utility.empty() && !is(d, "help"))
        out.expect(d.find("help") && d.find("help")->enabled, "no way to help");
    if (!is(d, "help") || d.part > 1) return;
    const std::string text = all_text(d);
    out.expect(says(d, app::training::samples::pack().telephone), "no telephone of the centre");
    if (!d.chinese() || in_parts(d)) return;
    const auto staff = text.find("呼叫工作人员"), hotline = text.find("12345"),
               demonstration = text.find("操作演示");
    out.expect(staff < hotline && hotline < demonstration && demonstration != std::string::npos,
               "not 呼叫工作人员 / 12345 / 操作演示 in this order");
}

bool is_of_the_guide(const Drawn& d) {
    return d.page.screen.name.starts_with("guide") && !d.page.screen.overlay;
}

// What the table or the text of a page is about: names of rows, headings.
std::string subjects(const Drawn& d) {
    std::string out;
    for (const auto& block : d.page.screen.blocks) {
        if (const auto* table = std::get_if<Table>(&block))
            for (const auto& row : table->rows) out += row.cells.front() + "\n";
        if (const auto* text = std::get_if<LongText>(&block))
            for (const auto& p : text->paragraphs)
                out += p.heading || is(d, "guide") ? p.text + "\n" : "";
        if (const auto* card = std::get_if<TextCard>(&block))
            for (const auto& p : card->paragraphs) out += p.lead + "\n";
    }
    return out;
}

// UX-228: basic facts, place and time, conditions, materials, special steps, flow, fee, legal
// basis, questions, telephone. The first page has the essential and leads to the others.
void guide_has_all_parts(const Drawn& d, Sink& out, Memory&) {
    if (!is_of_the_guide(d) || !d.chinese() || d.part > 1) return;
    const std::map<std::string, std::vector<std::string>> parts{
        {"guide", {"谁可以办", "多久办好", "要不要钱", "带什么"}},
        {"guide_materials", {"身份证"}},
        {"guide_terms", {"谁来办", "多久办好", "收费", "窗口时间", "窗口地点", "电话"}},
        {"guide_steps", {"条件", "流程", "特别程序", "常见问题"}},
        {"guide_basis", {"法", "办法"}}};
    // What is taken along, one paper, what reviewers look at: further ways, each with words of its
    // own.
    if (is(d, "guide_take_along") || is(d, "guide_material") || is(d, "guide_review")) return;
    const auto& name = d.page.screen.name;
    out.expect(parts.contains(name), "a page nobody knows: " + name);
    if (!parts.contains(name)) return;
    const std::string about = subjects(d);
    auto wanted = parts.at(name);
    // What else is brought differs from service to service.
    const auto* here = std::get_if<flows::ReadingGuide>(&d.sample.session.state);
    if (name == "guide_materials" && here != nullptr &&
        here->item_code == app::training::samples::item_code)
        wanted.insert(wanted.end(), {"户口簿", "照片"});
    for (const auto& part : wanted)
        out.expect(about.find(part) != std::string::npos, "nothing on " + part);
    if (name == "guide") {
        for (const auto& [page, of_it] : parts)
            out.expect(page == name || d.find(page), "no way to " + page);
        return;
    }
    // What the page holds is drawn.
    const bool drawn = std::any_of(d.nodes.begin(), d.nodes.end(), [&](const Node& node) {
        return (node.role == Role::row || node.role == Role::scroller) &&
               node.text.find(about.substr(0, about.find('\n'))) != std::string::npos;
    });
    out.expect(drawn, "neither a row nor a text");
}

// UX-048: who may begin finds the way in on the first part of every page of the guide; who may not
// finds the way out.
void guide_begins_at_once(const Drawn& d, Sink& out, Memory&) {
    if (!is_of_the_guide(d) || d.part > 1) return;
    const Node* start = d.find("start");
    if (d.page.on_press.contains("start"))
        out.expect(start && start->role == Role::primary_button && start->enabled,
                   "开始办理 is not on the first part");
    else
        out.expect(d.find("guide_end") || d.find("guide_back") || d.find("materials_back"),
                   "no way out");
    if (d.page.screen.name != "guide")
        out.expect(d.find("guide_back") || d.find("materials_back"), "no way back to the guide");
}

// UX-067: a form of more than three pages is entered by the guide, which says how long one may
// pause.
void inactivity_is_said(const Drawn& d, Sink& out, Memory&) {
    if (!is(d, "guide") || !d.chinese() || !d.find("start")) return;
    const auto* item = app::training::samples::pack().find_item(app::training::samples::item_code);
    if (item->form.size() <= 3) return;
    bool found = false;
    const auto is_said = [](const std::string& text) {
        return text.find("分钟不操作") != std::string::npos;
    };
    for (const auto& block : d.page.screen.blocks) {
        if (const auto* line = std::get_if<Line>(&block)) found = found || is_said(line->text);
        if (const auto* text = std::get_if<LongText>(&block))
            found = found || std::any_of(text->paragraphs.begin(), text->paragraphs.end(),
                                         [&](const auto& p) { return is_said(p.text); });
    }
    out.expect(found, "nothing on how long one may pause");
}

void elder_entry(const Drawn& d, Sink& out, Memory&) {
    if (is(d, "maintain_clean") || d.page.screen.overlay || d.page.screen.utility.empty()) return;
    const Node* elder = d.find("elder");
    out.expect(elder && elder->enabled && !elder->text.empty(), "no way to the elder mode");
    if (elder && d.chinese() && !d.elder())
        out.expect(elder->text == "长辈模式", "another name: " + words(*elder));
}

void warning(const Drawn& d, Sink& out, Memory&) {
    const auto& over = d.page.screen.overlay;
    if (!over) return;
    out.expect(d.find(over->stay.id) && d.find(over->leave.id), "not both ways");
    std::size_t ways = 0;
    float largest = 0;
    for (const Node& node : d.nodes) {
        ways += node.interactive() && node.role != Role::dialog;
        if (node.id != "countdown") largest = std::max(largest, node.em);
    }
    out.expect(ways == 2, std::to_string(ways) + " ways on");
    // Over the whole panel, so that a touch anywhere means “go on”.
    const Node* ground = d.find(over->stay.id + ".anywhere");
    out.expect(ground && ground->interactive() && holds(ground->hit, d.whole()),
               "a touch beside it goes through");
    if (d.sample.session.overlay == session::Overlay::still_there) {
        const Node* countdown = d.find("countdown");
        out.expect(
            over->seconds > 0 && countdown && countdown->text == std::to_string(over->seconds),
            "no countdown");
        out.expect(countdown && countdown->em > largest, "the countdown is not the largest");
    }
}

// The sample person's name and numbers stand nowhere in full.
void masks(const Drawn& d, Sink& out, Memory&) {
    const auto card = app::training::samples::good_card();
    std::string text = all_text(d);
    std::erase(text, ' ');
    if (d.page.screen.header.who.empty()) return;
    for (const std::string& secret : {card.name, card.number, std::string("6222020000000000018")})
        out.expect(
            text.find(secret) == std::string::npos || d.sample.name.starts_with("form_account"),
            "in full: " + secret);
}

void identity_banner(const Drawn& d, Sink& out, Memory&) {
    const auto* person = session::person_of(d.sample.session.state);
    if (!person || !*person || d.page.screen.overlay) return;
    const Node* who = d.find("who");
    out.expect(who && who->text == d.page.screen.header.who && !who->text.empty(),
               "nobody is named");
    out.expect(who && who->text.find("*") != std::string::npos, "the name is not masked");
    const Node* not_me = d.find("not_me");
    out.expect(not_me && not_me->interactive() && not_me->enabled, "no 不是本人");
}

void face_consent(const Drawn& d, Sink& out, Memory&) {
    if (!is(d, "face_consent")) return;
    std::size_t hanzi = 0;
    for (const auto& block : d.page.screen.blocks)
        if (const auto* card = std::get_if<TextCard>(&block))
            for (const auto& p : card->paragraphs)
                hanzi += count_hanzi(p.heading) + count_hanzi(p.lead) + count_hanzi(p.text);
    out.expect(!d.chinese() || hanzi <= 150, std::to_string(hanzi) + " Hanzi");
    const Node* yes = d.find("face_yes");
    const Node* no = d.find("face_no");
    if (yes && no) expect_equal_sizes({yes, no}, out);
}

void camera_lamp(const Drawn& d, Sink& out, Memory&) {
    for (const auto& block : d.page.screen.blocks)
        if (const auto* preview = std::get_if<CameraPreview>(&block))
            out.expect(!d.find("guidance") || says(d, preview->lamp_text), "no lamp");
}

void rating(const Drawn& d, Sink& out, Memory&) {
    if (!is(d, "rating") || in_parts(d)) return;
    const auto levels = of_role(d, Role::choice);
    out.expect(levels.size() == 5, std::to_string(levels.size()) + " levels");
    if (!levels.empty()) expect_equal_sizes(levels, out);
    const std::array names{"非常满意", "满意", "基本满意", "不满意", "非常不满意"};
    for (std::size_t i = 0; d.chinese() && i < std::min(levels.size(), names.size()); ++i)
        out.expect(levels[i]->text == names[i], "another level: " + words(*levels[i]));
    out.expect(d.find("rating_skip") != nullptr, "no 暂不评价");
    out.expect(d.find("rating_end") != nullptr, "no 立即结束");
}

void undertaking(const Drawn& d, Sink& out, Memory&) {
    const Node* commit = d.find("commit");
    const Node* ordinary = d.find("ordinary");
    if (!commit || !ordinary || commit->selected || ordinary->selected) return;
    expect_equal_sizes({commit, ordinary}, out);
}

void nothing_preselected(const Drawn& d, Sink& out, Memory&) {
    if (!d.sample.name.starts_with("form_") || d.sample.name.find('+') != std::string::npos ||
        d.sample.name == "form_reopened" || d.sample.name.ends_with("_answered"))
        return;
    for (const Node* choice : of_role(d, Role::choice))
        out.expect(!choice->selected, words(*choice));
}

void prefilled(const Drawn& d, Sink& out, Memory&) {
    for (const auto& block : d.page.screen.blocks)
        if (const auto* field = std::get_if<Field>(&block); field && !field->tag.empty())
            if (const Node* node = d.find(field->id))
                out.expect(says(d, field->tag), "not marked: " + words(*node));
}

// One short sentence under the label; in the box stands what was typed and nothing else (UX-144).
void hints(const Drawn& d, Sink& out, Memory&) {
    for (const auto& block : d.page.screen.blocks) {
        const auto* field = std::get_if<Field>(&block);
        const Node* box = field ? d.find(field->id) : nullptr;
        if (!box || box->role != Role::field) continue;
        if (box->value.empty() && !field->focused)
            out.expect(box->text.empty(), "words in an empty box: " + words(*box));
        if (field->hint.empty()) continue;
        const std::string_view stop = "。";
        const auto ends = field->hint.find(stop);
        const bool one = ends == std::string::npos || ends + stop.size() == field->hint.size();
        out.expect(one && count_hanzi(field->hint) <= 24, "not one short sentence: " + field->hint);
        for (const Node& node : d.nodes)
            if (node.text == field->hint)
                out.expect(node.rect.bottom() <= box->rect.y, "not above its box: " + field->hint);
    }
}

void error_summary(const Drawn& d, Sink& out, Memory&) {
    std::vector<std::string> errors;
    const ErrorSummary* summary = nullptr;
    for (const auto& block : d.page.screen.blocks) {
        if (const auto* field = std::get_if<Field>(&block); field && !field->error.empty())
            errors.push_back(field->error);
        if (const auto* found = std::get_if<ErrorSummary>(&block)) summary = found;
    }
    out.expect(errors.size() <= 1 || summary, "several faults without a summary");
    if (!summary) return;
    const auto n = std::to_string(summary->lines.size());
    out.expect(summary->title.find(n) != std::string::npos, summary->title);
    for (const auto& line : summary->lines) {
        out.expect(d.page.on_press.contains(line.field_id), "leads nowhere: " + line.text);
        const bool same_words =
            in_parts(d) || std::find(errors.begin(), errors.end(), line.text) != errors.end() ||
            says(d, line.text);
        out.expect(same_words, "other words at the field: " + line.text);
    }
}

void problems_say_whom_to_call(const Drawn& d, Sink& out, Memory& memory) {
    const auto& name = d.sample.name;
    if (d.page.screen.overlay || goes_on(d)) return;
    if (!name.starts_with("hand_in_") && !name.starts_with("card_refused_") &&
        !name.starts_with("not_eligible_"))
        return;
    const auto said = [&](const std::string& text) { return was_said(squeezed(text), memory); };
    out.expect(said(app::training::samples::pack().telephone), "no telephone");
    const auto& hours = app::training::samples::pack().hours;
    out.expect(said(hours.in(d.locale)), "no hours");
    const auto* problem = std::get_if<flows::HandInProblem>(&d.sample.session.state);
    out.expect(!problem || said(domain::grouped_by_four(problem->submission.sub_id.reference())),
               "no number to ask with");
}

// What was answered can be changed, and what was not answered says so.
void review(const Drawn& d, Sink& out, Memory&) {
    if (!is(d, "review")) return;
    std::set<std::string> answerable;
    const auto& item = *app::training::samples::pack().find_item(app::training::samples::item_code);
    for (const auto& page : item.form)
        for (const auto& field : page.fields)
            if (!field.locked) answerable.insert(field.label.in(d.locale));
    for (const auto& block : d.page.screen.blocks)
        if (const auto* card = std::get_if<KeyValues>(&block))
            for (const auto& row : card->rows) {
                out.expect(!row.value.empty(), "nothing is said of " + row.label);
                if (answerable.contains(row.label))
                    out.expect(row.action && row.action->id.starts_with("change:"),
                               "no 修改 at " + row.label);
            }
}

void finished_page(const Drawn& d, Sink& out, Memory&) {
    if (!is(d, "receipt") || in_parts(d)) return;
    out.expect(says(d, "L3K7 90F2 61QX"), "no number");
    out.expect(d.find("taken") || d.find("part.on"), "no way on");
    const Node* end = d.find("end");
    out.expect(end && end->enabled, "no way to end at once");
}

void reference_is_the_same(const Drawn& d, Sink& out, Memory&) {
    if (!is(d, "receipt")) return;
    for (const auto& block : d.page.screen.blocks)
        if (const auto* card = std::get_if<KeyValues>(&block))
            out.expect(card->qr_text == app::training::samples::receipt().qr_text, "another code");
}

void qr_size(const Drawn& d, Sink& out, Memory&) {
    for (const Node& node : d.nodes)
        if (node.role == Role::picture && node.id == "qr")
            out.expect(node.rect.w >= d.mm(30), words(node));
}

void materials(const Drawn& d, Sink& out, Memory&) {
    if (!is(d, "materials") || !d.chinese() || d.part > 1) return;
    out.expect(in_parts(d) || says(d, "免提交"), "no 免提交");
    out.expect(says(d, "需提交"), "how many are to be handed in is not said");
}

void elder_home(const Drawn& d, Sink& out, Memory&) {
    if (!d.elder() || d.page.screen.name != "home") return;
    for (const Node* tile : of_role(d, Role::tile))
        out.expect(tile->rect.w >= d.mm(118) - 1 && tile->rect.h >= d.mm(25), words(*tile));
    out.expect(d.find("services") != nullptr || d.part > 1 || d.find("part.on"), "no 全部服务");
}

void empty_lists_say_what_to_do(const Drawn& d, Sink& out, Memory&) {
    static const std::map<std::string, std::string> ways_on{{"progress_none", "progress_done"},
                                                            {"progress_not_found", "progress_done"},
                                                            {"search_none", "all_services"},
                                                            {"column_filing_none", "nothing_back"},
                                                            {"documents_none", "nothing_back"}};
    const auto way_on = ways_on.find(d.sample.name);
    if (way_on == ways_on.end() || goes_on(d)) return;
    out.expect(d.find(way_on->second) != nullptr, "nothing to do next");
}

// Without paper or printer the first page says so before anybody begins.
void no_printer(const Drawn& d, Sink& out, Memory&) {
    if (d.sample.name != "home_no_printer" || in_parts(d)) return;
    out.expect(says(d, std::string(base::text(base::MessageId::entry_no_paper, d.locale))),
               "the printer's fault is not said");
}

void training_band(const Drawn& d, Sink& out, Memory&) {
    // The whole panel, up to its edges, is what a panel test tries.
    if (!d.sample.in_service || d.page.screen.panel_test) return;
    out.expect(!d.page.screen.training_band.empty(), "no 演示 band");
}

}  // namespace

std::vector<Check> content_checks() {
    return {{"content.help", help},
            {"content.guide", guide_has_all_parts},
            {"content.guide_start", guide_begins_at_once},
            {"content.inactivity", inactivity_is_said},
            {"content.elder_entry", elder_entry},
            {"content.warning", warning},
            {"content.masks", masks},
            {"content.identity_banner", identity_banner},
            {"content.face_consent", face_consent},
            {"content.camera_lamp", camera_lamp},
            {"content.rating", rating},
            {"content.undertaking", undertaking},
            {"content.nothing_preselected", nothing_preselected},
            {"content.prefilled", prefilled},
            {"content.hints", hints},
            {"content.error_summary", error_summary},
            {"content.problems", problems_say_whom_to_call},
            {"content.review", review},
            {"content.finished", finished_page},
            {"content.reference", reference_is_the_same},
            {"content.qr_size", qr_size},
            {"content.materials", materials},
            {"content.elder_home", elder_home},
            {"content.empty_lists", empty_lists_say_what_to_do},
            {"content.no_printer", no_printer},
            {"content.training_band", training_band}};
}

}  // namespace crawl
