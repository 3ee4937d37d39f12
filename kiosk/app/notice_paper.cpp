#include "app/notice_paper.hpp"

#include "base/assert.hpp"
#include "base/messages.hpp"
#include "domain/dates.hpp"
#include "domain/scanned_code.hpp"

#include <utility>

namespace app {

namespace {

using base::MessageId;
using catalogue::ServiceItem;
using documents::LabelledText;
using documents::NoticeSection;

struct Writer {
    const catalogue::Pack& pack;
    const ServiceItem& item;
    const session::PrintList& list;
    base::Locale locale;

    std::string say(MessageId id) const { return std::string(base::text(id, locale)); }
    const std::string& say(const catalogue::Text& text) const { return text.in(locale); }

    std::string date_in_words(const std::string& iso) const {
        const auto date = domain::date_from_iso(iso);
        return date ? domain::in_words(*date, locale) : iso;
    }

    NoticeSection answers() const {
        NoticeSection out{say(MessageId::notice_paper_answers), {}};
        for (const auto& question : item.situation) {
            const auto answer = list.situation.find(question.id);
            if (answer == list.situation.end()) continue;
            for (const auto& option : question.options)
                if (option.value == answer->second)
                    out.rows.push_back({say(question.text), say(option.label), false});
        }
        return out;
    }

    // How a material is prepared, as the guide says it.
    std::string how(const catalogue::Text& material) const {
        for (const auto& row : item.guide.materials)
            if (row.name == material) return say(row.text);
        return {};
    }
    NoticeSection materials() const {
        NoticeSection out{say(MessageId::notice_paper_materials), {}};
        if (!list.materials) {
            for (const auto& row : item.guide.materials)
                out.rows.push_back({say(row.name), say(row.text), false});
            return out;
        }
        for (const auto& state : *list.materials)
            for (const auto& material : item.materials) {
                if (material.code != state.code) continue;
                auto text = how(material.name);
                if (!state.due.empty())
                    text = base::text(MessageId::notice_paper_later, locale,
                                      {{"how", text}, {"due", date_in_words(state.due)}});
                out.rows.push_back({say(material.name), std::move(text), false});
            }
        return out;
    }

    // "谁可以办：…" is a name and what holds.
    NoticeSection essentials() const {
        NoticeSection out{say(MessageId::notice_paper_essentials), {}};
        const std::string colon = locale == base::Locale::zh ? "：" : ": ";
        for (const auto& line : item.guide.essentials) {
            const auto& text = say(line);
            const auto at = text.find(colon);
            if (at == std::string::npos)
                out.rows.push_back({{}, text, false});
            else
                out.rows.push_back({text.substr(0, at), text.substr(at + colon.size()), false});
        }
        return out;
    }

    NoticeSection terms() const {
        NoticeSection out{say(MessageId::notice_paper_terms), {}, false};
        for (const auto& row : item.guide.terms)
            out.rows.push_back({say(row.name), say(row.text), false});
        return out;
    }

    NoticeSection where() const {
        return {say(MessageId::notice_paper_where),
                {{say(MessageId::notice_paper_counter), say(pack.counter_address), false},
                 {say(MessageId::notice_paper_hours), say(pack.hours), false},
                 {say(MessageId::notice_paper_telephone), pack.telephone, true}}};
    }

    std::string statement() const {
        if (!list.stop.empty()) return list.stop.front();
        if (!list.materials) return say(MessageId::notice_paper_general);
        return say(list.materials->empty() ? MessageId::notice_paper_no_papers
                                           : MessageId::notice_paper_exact);
    }
};

}  // namespace

documents::NoticeDocument notice_document(const catalogue::Pack& pack,
                                          const session::PrintList& list,
                                          const std::string& terminal, base::Locale locale,
                                          base::Instant now) {
    const auto* item = pack.find_item(list.item_code);
    KIOSK_ASSERT(item != nullptr);
    const Writer writer{pack, *item, list, locale};
    const bool stop = !list.stop.empty();
    documents::NoticeDocument out;
    out.locale = locale;
    out.training = pack.realm == domain::Realm::training;
    out.organisation = pack.organisation.in(locale);
    out.title = writer.say(stop ? MessageId::notice_paper_stop : MessageId::notice_paper);
    out.item_name = item->name.in(locale);
    out.version = base::text(MessageId::notice_paper_version, locale,
                             {{"code", item->code},
                              {"version", std::to_string(pack.version)},
                              {"date", writer.date_in_words(pack.built_on)}});
    out.statement = writer.statement();
    if (stop) out.explanation.assign(list.stop.begin() + 1, list.stop.end());
    out.sections.push_back(writer.answers());
    // Whoever cannot apply now still wants to know what it takes when they can.
    out.sections.push_back(writer.materials());
    out.sections.push_back(writer.essentials());
    out.sections.push_back(writer.terms());
    out.sections.push_back(writer.where());
    out.qr_text = domain::guide_code(item->code, pack.guide_link);
    out.qr_caption = {writer.say(MessageId::guide_code_caption)};
    out.footer = {base::text(MessageId::notice_paper_printed, locale,
                             {{"time", domain::in_words(base::local_date(now), locale) + " " +
                                           base::local_time_hh_mm(now)},
                              {"terminal", terminal}})};
    return out;
}

}  // namespace app
