// Finding a service: by topic, by what somebody types, in a column; and what there is to read.
#include "app/training/gallery/sample_walks.hpp"

#include <algorithm>

namespace app::training::gallery {

using namespace session;
using base::SecretText;
using samples::Walker;

namespace {

const catalogue::Pack& county() {
    return samples::pack();
}
const catalogue::ServiceItem& sample_item() {
    return *county().find_item(samples::item_code);
}

Walker typed(const char* text) {
    return Walker{}.on(SearchOpened{}).on(TextTyped{flows::search_field, SecretText(text)});
}

Walker column() {
    return Walker{}.on(ColumnOpened{county().columns.at(0).id});
}

// Those of the column first: a county may show the others elsewhere.
Walker documents() {
    return column().on(ColumnDoorOpened{flows::ColumnDoor::documents});
}
Walker document(const catalogue::Document& one) {
    Walker walker = documents();
    walker.session.state = flows::ReadingDocuments{{}, one.id};
    return walker;
}

// ---- counties at the limits of a page

// Sixty services of one topic, every third with a name as long as names get.
const catalogue::Pack& crowded_county() {
    static const catalogue::Pack pack = [] {
        catalogue::Pack out = county();
        const auto sample = sample_item();
        out.items = {sample};
        for (int i = 0; i < 60; ++i) {
            auto item = sample;
            const auto number = std::to_string(100 + i);
            item.code = "990599" + number + "000";
            item.name = {"高龄津贴申领（第 " + number + " 项）",
                         "Old-age allowance, no. " + number};
            item.name_pinyin = "gao ling jin tie shen ling di " + number + " xiang";
            if (i % 3 == 1) {
                item.name_pinyin =
                    "kun nan can ji ren sheng huo bu tie he zhong du can ji ren hu li bu tie zi ge "
                    "ren ding yi ji an yue fa fang shen qing di " +
                    number + " xiang";
                item.name = {"困难残疾人生活补贴和重度残疾人护理补贴资格认定以及按月发放申请（第 " +
                                 number + " 项）",
                             "Living allowance for disabled people in hardship and care allowance "
                             "for people with severe disabilities, no. " +
                                 number};
            }
            if (i % 3 == 2) item.handling = catalogue::Handling::counter;
            out.items.push_back(std::move(item));
        }
        return out;
    }();
    return pack;
}

// A village: what fits one list, some of it at the counter only, and nothing to read.
const catalogue::Pack& small_county() {
    static const catalogue::Pack pack = [] {
        catalogue::Pack out = county();
        auto counter = sample_item();
        counter.code = "990599000000";
        counter.handling = catalogue::Handling::counter;
        counter.name = {"老年证办理", "Old-age card"};
        counter.name_pinyin = "lao nian zheng ban li";
        out.items = {sample_item(), counter};
        out.documents.clear();
        for (auto& column : out.columns) {
            column.item_codes = {counter.code};
            column.documents.clear();
        }
        return out;
    }();
    return pack;
}

Collector::Change with(const catalogue::Pack& pack) {
    return [&pack](SamplePage& page) { page.pack = &pack; };
}

void topic_pages(Collector& pages) {
    const Walker topics = Walker{}.on(ServicesOpened{});
    pages.add("services", topics);
    pages.add("services_organisation",
              Walker{topics}.on(AudienceChosen{catalogue::Audience::organisation}));
    pages.add("services_code", Walker{}.with_scanner().on(ServicesOpened{}).scan("CWG1:0"));
    pages.add("services_to_read", Walker{}.on(GuidesOpened{}));
    pages.add("services_few", topics, with(small_county()));
    const auto topic = sample_item().topics.at(0);
    const Walker list = Walker{topics}.on(TopicChosen{topic});
    pages.add("services_topic", list);
    pages.add("services_topic_crowded", list, with(crowded_county()));
}

void search_pages(Collector& pages) {
    pages.add("search", Walker{}.on(SearchOpened{}));
    // By first letters, a whole word, and what nothing is called.
    pages.add("search_found", typed("lrbt"));
    pages.add("search_found_by_name", typed("高龄"));
    pages.add("search_none", typed("qqqq"));
    pages.add("search_crowded", typed("高龄"), with(crowded_county()));
    pages.add("search_long_names", typed("困难残疾人"), with(crowded_county()));
}

void column_pages(Collector& pages) {
    pages.add("column", column());
    pages.add("column_guides", column().on(ColumnDoorOpened{flows::ColumnDoor::guides}));
    const Walker filing = column().on(ColumnDoorOpened{flows::ColumnDoor::filing});
    pages.add("column_filing", filing);
    pages.add("column_filing_none", filing, with(small_county()));
    pages.add("documents", documents());
    pages.add("documents_none", documents(), with(small_county()));
    bool text = false, table = false, shuffled = false;
    const auto once = [&](bool& done, const char* name, const catalogue::Document& one) {
        if (!std::exchange(done, true)) pages.add(name, document(one));
    };
    for (const auto& one : county().documents) {
        if (one.table.rows.empty())
            once(text, "document_text", one);
        else if (one.order == catalogue::RowOrder::shuffled)
            once(shuffled, "document_shuffled", one);
        else
            once(table, "document_table", one);
    }
}

void counter_guide(Collector& pages) {
    Walker walker;
    walker.session.state = flows::ReadingGuide{"990599000000"};
    pages.add("guide_counter", walker, with(small_county()));
    walker.session.state = flows::ReadingGuide{"990599000000", flows::GuidePage::terms, false, {}};
    pages.add("guide_counter_terms", walker, with(small_county()));
}

}  // namespace

void service_pages(Collector& pages) {
    topic_pages(pages);
    search_pages(pages);
    column_pages(pages);
    counter_guide(pages);
    item_pages(pages);
}

}  // namespace app::training::gallery
