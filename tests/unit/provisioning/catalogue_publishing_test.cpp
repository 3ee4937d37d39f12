// kiosk-technician catalogue show, diff, sign: what a publisher sees of a pack, and the signature.
#include "catalogue_desk.hpp"
#include "offline/sealing/signing.hpp"
#include "provisioning/catalogue_tools/differences.hpp"

#include <set>

namespace {

using namespace desk;
using catalogue::Pack;
using catalogue::ServiceItem;
using offline::sealing::SigningKey;
using sample::json;

std::size_t number_of_item(const Pack& pack) {
    for (std::size_t i = 0; i < pack.items.size(); ++i)
        if (pack.items[i].code == sample::item_code) return i;
    ADD_FAILURE();
    return 0;
}

// ---- show

// Every text of one language below, and what else a publisher wrote there.
void collect(const json& here, const std::string& language, std::set<std::string>& out) {
    for (const auto& [key, value] : here.items()) {
        const bool named = key == language || key == "key" || key == "code" || key == "id" ||
                           key == "value" || key == "pattern" || key == "template_id" ||
                           key == "icon" || key == "implementation_code";
        if (named && value.is_string() && !value.get<std::string>().empty())
            out.insert(value.get<std::string>());
        // Conditions are told in words.
        const bool condition = key == "when" || key == "visible" || key == "facts";
        if ((value.is_object() || value.is_array()) && !condition) collect(value, language, out);
    }
}

class catalogue_show : public Desk {};

TEST_F(catalogue_show, an_item_is_told_with_everything_that_stands_in_it) {
    for (const bool english : {false, true}) {
        forget();
        ASSERT_EQ(
            tools::show(sample::pack_folder, sample::item_code, english, clock, say, complain),
            went_well)
            << everything();
        const std::string told = everything();
        const json pack = sample::pack_json();
        for (const auto& item : pack["items"]) {
            if (item["code"] != sample::item_code) continue;
            std::set<std::string> texts;
            collect(item, "zh", texts);
            if (english) collect(item, "en", texts);
            ASSERT_GT(texts.size(), 50U);
            for (const auto& text : texts) EXPECT_NE(told.find(text), std::string::npos) << text;
        }
    }
    // Conditions by what a citizen reads, and the answer that ends the way.
    const auto& item = sample::item();
    ASSERT_FALSE(item.situation.empty());
    EXPECT_TRUE(has_said("“" + item.situation[0].text.zh + "” 是 “" +
                         item.situation[0].options.back().label.zh + "”"))
        << everything();
    EXPECT_TRUE(has_said("■ 办不了：")) << everything();
}

TEST_F(catalogue_show, an_item_is_told_with_how_it_is_handled_and_by_whom) {
    ASSERT_EQ(tools::show(sample::pack_folder, "990511002000", false, clock, say, complain),
              went_well)
        << everything();
    for (const char* line :
         {"办件类型：审核", "容缺：B 类，写明的可以后补", "哪里能办：县、乡镇（街道）、村（社区）",
          "收件机关：示例县民政局（11000101DEM000110Q）",
          "填了 r.home_div 的，由户籍地县级民政局决定", "结果怎么取：代办员送、免费邮寄、窗口取"})
        EXPECT_TRUE(has_said(line)) << line << "\n" << everything();
}

TEST_F(catalogue_show, a_question_stands_under_the_answer_that_leads_to_it) {
    json pack = sample::pack_json();
    auto& item = pack["items"][number_of_item(sample::pack())];
    const std::string first = item["situation"][0]["id"];
    const std::string answer = item["situation"][0]["options"][0]["value"];
    item["situation"].push_back(json::parse(R"({"id": "below",
        "text": {"zh": "只问这一种人吗？", "en": "Only asked of these?"},
        "options": [{"value": "y", "label": {"zh": "就是", "en": "Yes"}},
                    {"value": "n", "label": {"zh": "不是的", "en": "No"}}]})"));
    item["situation"].back()["when"] =
        json{{"op", "equal"}, {"args", json::array({json{{"fact", first}}, answer})}};
    const auto place = pack_of("tree", pack);
    const std::string code = item["code"];
    ASSERT_EQ(tools::show(place, code, false, clock, say, complain), went_well) << everything();
    const auto line = [&](const std::string& part) {
        return std::find_if(
                   said.begin(), said.end(),
                   [&](const std::string& one) { return one.find(part) != std::string::npos; }) -
               said.begin();
    };
    const auto depth = [&](std::ptrdiff_t at) {
        return said.at(static_cast<std::size_t>(at)).find_first_not_of(' ');
    };
    const auto above = line("→ " + std::string(item["situation"][0]["options"][0]["label"]["zh"]));
    const auto below = line("只问这一种人吗？");
    const auto next = line("→ " + std::string(item["situation"][0]["options"][1]["label"]["zh"]));
    EXPECT_LT(above, below);
    EXPECT_LT(below, next);
    EXPECT_GT(depth(below), depth(above));
}

TEST_F(catalogue_show, a_pack_is_told_with_all_its_items_columns_and_documents) {
    ASSERT_EQ(tools::show(sample::pack_folder, "", false, clock, say, complain), went_well);
    const Pack& pack = sample::pack();
    EXPECT_TRUE(has_said("事项包 " + pack.pack_id + "，版本 " + std::to_string(pack.version)));
    for (const auto& item : pack.items) {
        EXPECT_TRUE(has_said(item.code)) << item.code;
        EXPECT_TRUE(has_said(item.name.zh)) << item.name.zh;
    }
    for (const auto& column : pack.columns) EXPECT_TRUE(has_said(column.title.zh));
    for (const auto& year : pack.calendar.years)
        EXPECT_TRUE(has_said("工作日历 " + std::to_string(year.year) + " 年"));
    EXPECT_TRUE(has_said("受理时间：星期 1 至 5，09:00–17:00"));
    for (const auto& document : pack.documents) EXPECT_TRUE(has_said(document.title.zh));
    EXPECT_EQ(tools::show(sample::pack_folder, "000000000000", false, clock, say, complain),
              could_not);
}

// ---- diff

struct TwoPacks {
    Pack before = sample::pack(), after = sample::pack();
    ServiceItem& item = after.items[number_of_item(after)];

    TwoPacks() {
        ++after.version;
        ++item.version;
    }
    tools::Differences compared() const { return tools::differences(before, after); }
};

bool says(const std::vector<std::string>& lines, const std::string& part) {
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.find(part) != std::string::npos;
    });
}
std::string all(const tools::Differences& found) {
    std::string out;
    for (const auto* lines : {&found.faults, &found.lines})
        for (const auto& line : *lines) out += line + "\n";
    return out;
}

TEST(catalogue_diff, names_each_kind_of_change_of_an_item) {
    TwoPacks packs;
    auto& item = packs.item;
    item.promised_days += 3;
    item.guide.essentials[0].zh += "了";
    item.situation.pop_back();
    item.stops[0].text.zh += "了";
    const std::string renamed = item.form[1].fields[0].key;
    item.form[1].fields[0].label.zh += "了";
    item.form[1].fields[0].required = !item.form[1].fields[0].required;
    const std::string gone = item.form[0].fields.back().key;
    item.form[0].fields.pop_back();
    item.form[0].fields.push_back({});
    item.form[0].fields.back().key = "p.new";
    item.materials.push_back({});
    item.materials.back().code = "M99";
    item.letter.clauses[0].zh += "了";
    ++item.letter.revision;
    const auto found = packs.compared();
    EXPECT_TRUE(found.faults.empty()) << all(found);
    for (const std::string& part :
         {"事项：改了 " + sample::item_code, std::string("事项版本"), std::string("个工作日"),
          std::string("指南改了：要点"),
          "问题：去掉 " + packs.before.items[number_of_item(packs.before)].situation.back().id,
          "办不了的情形：改了 " + item.stops[0].id, "字段：改了 " + renamed,
          std::string("：名称、必填"), "字段：去掉 " + gone, std::string("字段：增加 p.new"),
          std::string("材料：增加 M99"), std::string("承诺书：第 ")})
        EXPECT_TRUE(says(found.lines, part)) << part << "\n" << all(found);
}

TEST(catalogue_diff, says_what_is_another_in_how_an_item_is_handled) {
    TwoPacks packs;
    packs.item.terms.once_mode = 4;
    packs.item.terms.state = catalogue::ItemState::paused;
    packs.item.terms.ends_on = "2026-12-31";
    packs.item.terms.levels = {catalogue::Level::village};
    const auto found = packs.compared();
    EXPECT_TRUE(found.faults.empty()) << all(found);
    EXPECT_TRUE(says(found.lines, "只跑一次、哪里能办、状态、结束的日期")) << all(found);
    // Another office is another submission; a pause is not.
    TwoPacks office;
    --office.item.version;
    office.item.terms.state = catalogue::ItemState::paused;
    office.item.terms.ends_on = "2026-12-31";
    EXPECT_TRUE(office.compared().faults.empty()) << all(office.compared());
    office.item.terms.receiving_office =
        catalogue::Office{{"示例县民政局", "Civil Affairs"}, "11000101DEM000110Q"};
    EXPECT_TRUE(says(office.compared().faults, "请把 version 提高")) << all(office.compared());
}

TEST(catalogue_diff, names_what_is_new_and_gone_in_the_pack) {
    TwoPacks packs;
    ServiceItem another = packs.item;
    another.code = "990599999999";
    packs.after.items.push_back(another);
    packs.after.items.erase(packs.after.items.begin() +
                            static_cast<std::ptrdiff_t>(number_of_item(packs.after)));
    packs.after.telephone = "0000-54321";
    packs.after.calendar.years.pop_back();
    packs.after.office_hours.clear();
    packs.after.divisions.units.back().name.zh += "了";
    packs.after.documents.emplace_back();
    packs.after.documents.back().id = "fees";
    packs.after.columns.emplace_back();
    packs.after.columns.back().id = "park-new";
    const auto found = packs.compared();
    EXPECT_TRUE(found.faults.empty()) << all(found);
    for (const std::string& part :
         {std::string("事项：增加 990599999999"), "事项：去掉 " + sample::item_code,
          std::string("→ 0000-54321"), "区划：改了 " + packs.before.divisions.units.back().code,
          std::string("工作日历改了"), std::string("受理时间改了"), std::string("资料：增加 fees"),
          std::string("专栏：增加 park-new")})
        EXPECT_TRUE(says(found.lines, part)) << part << "\n" << all(found);
}

TEST(catalogue_diff, a_letter_whose_text_changes_without_a_new_revision_does_not_go_out) {
    TwoPacks packs;
    packs.item.letter.consequences[0].zh += "了";
    EXPECT_TRUE(says(packs.compared().faults, "承诺书的文字变了")) << all(packs.compared());
    ++packs.item.letter.revision;
    EXPECT_TRUE(packs.compared().faults.empty()) << all(packs.compared());
    // How it may be signed is no text of it.
    TwoPacks ways;
    ways.item.letter.ways.pop_back();
    EXPECT_TRUE(ways.compared().faults.empty()) << all(ways.compared());
    EXPECT_TRUE(says(ways.compared().lines, "签名方式改为"));
}

TEST(catalogue_diff, what_is_filed_changes_its_version_and_what_is_only_told_need_not) {
    TwoPacks packs;
    --packs.item.version;
    packs.item.guide.terms[0].text.zh += "了";
    EXPECT_TRUE(packs.compared().faults.empty()) << all(packs.compared());
    packs.item.form[0].fields[0].required = !packs.item.form[0].fields[0].required;
    EXPECT_TRUE(says(packs.compared().faults, "请把 version 提高")) << all(packs.compared());
}

TEST(catalogue_diff, a_version_that_is_not_higher_is_said_first) {
    TwoPacks packs;
    packs.after.version = packs.before.version;
    packs.item.letter.consequences[0].zh += "了";
    const auto found = packs.compared();
    ASSERT_GE(found.faults.size(), 2U);
    EXPECT_NE(found.faults[0].find("版本没有提高"), std::string::npos) << all(found);
    packs.after.realm = domain::Realm::service;
    packs.after.pack_id = "another";
    EXPECT_NE(packs.compared().faults[0].find("版本没有提高"), std::string::npos);
    EXPECT_TRUE(says(packs.compared().faults, "用途变了"));
    EXPECT_TRUE(says(packs.compared().faults, "不是同一个包"));
}

class catalogue_diff_command : public Desk {};

TEST_F(catalogue_diff_command, ends_as_the_pack_may_go_out) {
    json pack = sample::pack_json();
    EXPECT_EQ(tools::diff(sample::pack_folder, pack_of("same", pack), clock, say, complain),
              went_well);
    EXPECT_EQ(said, std::vector<std::string>{"没有差别"});
    forget();
    pack["telephone"] = "0000-54321";
    EXPECT_EQ(tools::diff(sample::pack_folder, pack_of("not_higher", pack), clock, say, complain),
              went_wrong);
    ASSERT_FALSE(said.empty());
    EXPECT_EQ(said[0].find("不能发布：版本没有提高"), 0U) << everything();
    forget();
    pack["version"] = pack["version"].get<int>() + 1;
    EXPECT_EQ(tools::diff(sample::pack_folder, pack_of("higher", pack), clock, say, complain),
              went_well)
        << everything();
    forget();
    pack["telephone"] = "";
    EXPECT_EQ(tools::diff(sample::pack_folder, pack_of("wrong", pack), clock, say, complain),
              went_wrong);
    EXPECT_TRUE(has_complained("/telephone")) << everything();
}

// ---- sign

class catalogue_sign : public Desk {
  protected:
    std::string key_file(const SigningKey& key, const std::string& kind = "pack-key",
                         domain::Realm realm = domain::Realm::training) {
        const std::string path = folder + "/" + kind + ".file";
        EXPECT_TRUE(base::write_file(path, key.as_file(kind, realm)));
        return path;
    }
    base::Result<Pack> loaded(const std::string& place, const SigningKey& key) {
        return catalogue::load_pack(
            place, domain::Realm::training, 0, [&](base::ByteView pack, base::ByteView signature) {
                return offline::sealing::verify(key.public_key(), offline::sealing::context::pack,
                                                pack, signature);
            });
    }
    SigningKey signer = SigningKey::generate();
};

TEST_F(catalogue_sign, a_signed_pack_is_taken_and_a_changed_byte_is_not) {
    const auto place = pack_of("signed", county_text());
    const auto key = key_file(signer);
    ASSERT_EQ(tools::sign(place, key, clock, say, complain), went_well) << everything();
    EXPECT_TRUE(has_said(offline::sealing::key_id(signer.public_key()))) << everything();
    ASSERT_TRUE(loaded(place, signer)) << loaded(place, signer).error().safe_detail;
    EXPECT_EQ(*loaded(place, signer), sample::pack());
    EXPECT_FALSE(loaded(place, SigningKey::generate()));

    // The same once more says so and leaves the signature as it is.
    const auto signature = base::read_file(place + "/pack.sig").value();
    forget();
    EXPECT_EQ(tools::sign(place, key, clock, say, complain), went_well);
    EXPECT_TRUE(has_said("没有再签")) << everything();
    EXPECT_EQ(base::read_file(place + "/pack.sig").value(), signature);

    const auto changed = with(county_text(), "0000-12345", "0000-12346");
    ASSERT_TRUE(base::write_file(place + "/pack.json", base::to_bytes(changed)));
    const auto refused = loaded(place, signer);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::FaultCode::PackTampered);
    forget();
    EXPECT_EQ(tools::sign(place, key, clock, say, complain), went_well);
    EXPECT_TRUE(has_said("已经换掉")) << everything();
    EXPECT_TRUE(loaded(place, signer));
}

TEST_F(catalogue_sign, a_pack_with_a_fault_is_not_signed) {
    const auto place = pack_of("faulty", with(county_text(), "\"民\"", "\"民民\""));
    EXPECT_EQ(tools::sign(place, key_file(signer), clock, say, complain), went_wrong);
    EXPECT_TRUE(has_complained("/brand_mark")) << everything();
    EXPECT_FALSE(std::filesystem::exists(place + "/pack.sig"));
}

TEST_F(catalogue_sign, a_key_that_is_no_pack_signer_of_the_realm_signs_nothing_and_is_not_told) {
    const auto place = pack_of("keys", county_text());
    const auto secret =
        json::parse(base::as_text(signer.as_file("pack-key", domain::Realm::training)))["secret"]
            .get<std::string>();
    ASSERT_GE(secret.size(), 32U);
    ASSERT_TRUE(base::write_file(folder + "/rubbish", base::to_bytes("{\"v\": 2}")));
    ASSERT_TRUE(base::write_file(folder + "/huge", base::Bytes(100'000, 'x')));
    for (const auto& key :
         {key_file(signer, "feed-key"), key_file(signer, "pack-key", domain::Realm::service),
          folder + "/rubbish", folder + "/huge", folder + "/nowhere", folder}) {
        forget();
        EXPECT_EQ(tools::sign(place, key, clock, say, complain), could_not) << key;
        EXPECT_TRUE(said.empty()) << key;
        EXPECT_TRUE(has_complained(key)) << everything();
        EXPECT_FALSE(std::filesystem::exists(place + "/pack.sig")) << key;
        EXPECT_EQ(everything().find(secret), std::string::npos) << key;
    }
    EXPECT_EQ(tools::sign(place + "/pack.json", key_file(signer), clock, say, complain), could_not);
    forget();
    EXPECT_EQ(tools::sign(place, key_file(signer), clock, say, complain), went_well);
    EXPECT_EQ(everything().find(secret), std::string::npos);
}

class catalogue_codes : public Desk {};

TEST_F(catalogue_codes, a_sheet_for_a_topic_is_written_once_and_never_over_something) {
    const auto place = pack_of("codes", county_text());
    const auto out = folder + "/codes.pdf";
    EXPECT_EQ(tools::codes(place, "elderly", out, clock, say, complain), went_well) << everything();
    const auto pdf = base::read_file(out);
    ASSERT_TRUE(pdf);
    EXPECT_TRUE(base::as_text(*pdf).starts_with("%PDF-1.4"));
    EXPECT_TRUE(has_said("二维码"));
    EXPECT_EQ(tools::codes(place, "elderly", out, clock, say, complain), could_not);
    EXPECT_TRUE(has_complained("不覆盖"));
    EXPECT_EQ(tools::codes(place, "nothing_like_it", folder + "/other.pdf", clock, say, complain),
              could_not);
    EXPECT_FALSE(std::filesystem::exists(folder + "/other.pdf"));
}

}  // namespace
