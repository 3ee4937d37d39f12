// The catalogue pack: what can be done at this terminal, as data signed by the centre. Nothing of
// an item is compiled in. Published schema: packs/pack.schema.json. Values only; made by
// pack_reader.
#pragma once

#include "catalogue/expression.hpp"
#include "catalogue/places/divisions.hpp"
#include "catalogue/terms.hpp"
#include "catalogue/text.hpp"
#include "domain/identifiers.hpp"
#include "domain/work_calendar.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace catalogue {

// ---- situation
// ------------------------------------------------------------------------------------

struct SituationOption {
    std::string value;
    Text label, note;
    friend bool operator==(const SituationOption&, const SituationOption&) = default;
};
// One question per page; the answer becomes the fact `id` (the option's value).
struct SituationQuestion {
    std::string id;
    Text text, help;
    std::optional<Expression> when;  // asked only if it holds
    std::vector<SituationOption> options;
    friend bool operator==(const SituationQuestion&, const SituationQuestion&) = default;
};
// Computed in order, each may read those before it, the card's facts and the answers given.
struct ComputedFact {
    std::string name;
    Expression value;
    friend bool operator==(const ComputedFact&, const ComputedFact&) = default;
};
// A kind end: not eligible here or now. {fact} in the text is replaced (dates in words).
struct Stop {
    std::string id;
    Expression when;
    Text title, text, next_step;
    friend bool operator==(const Stop&, const Stop&) = default;
};

// ---- trades
// ---------------------------------------------------------------------------------------

// 负面清单: a trade that is not free to everybody, by its code in GB/T 4754-2017.
// clang-format off
enum class TradeLevel {
    forbidden,  // 禁止
    licence,    // 许可: with a permit
    limited     // 限制: under conditions that the clause tells
};
// clang-format on
inline constexpr std::size_t trade_code_length = 4;
// The document beside it, from which the check by trade is opened.
inline constexpr const char* negative_list_document = "negative_list";
struct NegativeTrade {
    std::string trade_code;  // 4 digits
    Text name;
    TradeLevel level = TradeLevel::forbidden;
    Text clause;  // 第 3 项：…
    Text basis;
    std::string valid_from, valid_to;  // ISO dates, both included; empty = open
    bool holds_on(std::chrono::year_month_day date) const;
    friend bool operator==(const NegativeTrade&, const NegativeTrade&) = default;
};

// ---- form
// -----------------------------------------------------------------------------------------

enum class FieldType {
    text,
    name,  // of a person; · between the parts
    phone,
    bank_account,
    id_number,
    credit_code,  // GB 32100
    money,        // yuan
    date,         // sent as 2026-08-20
    plate,        // GA 36
    choice,
    choices,  // several of a list: their values in the order they were chosen, commas between
    digits,   // a number that is a name: of a meter, of a customer
    division
};
enum class Prefill {
    nothing,
    name,
    id_number,
    sex,
    ethnicity,
    birth_date,
    address,
    address_division,  // the village the card's address begins with, else the terminal's
    terminal_division
};
enum class FieldMask { none, name, id_number, phone, account };

struct FieldOption {
    std::string value;
    Text label;
    friend bool operator==(const FieldOption&, const FieldOption&) = default;
};
enum class Rule {
    min_length,
    max_length,    // code points; argument = number
    pattern,       // ECMAScript regular expression over the whole value; argument = pattern
    phone,         // mobile number of the mainland, spaces and dashes ignored
    id_check,      // GB 11643
    bank_account,  // 12 to 19 digits
    luhn,          // warning only: asks to compare once more, never blocks
    expression,    // `when` must hold over facts and fields ("field.KEY")
    trade_allowed  // a trade code that the pack's list does not forbid today
};
struct Validation {
    Rule rule = Rule::min_length;
    std::int64_t number = 0;
    std::string pattern;
    std::optional<Expression> when;
    std::vector<NegativeTrade> forbidden{};  // of trade_allowed: the pack's, by the reader
    Text message;                            // ≤ 24 Hanzi, names the mend
    friend bool operator==(const Validation&, const Validation&) = default;
};
struct Field {
    std::string key;  // unique in the form: p.live_detail
    Text label, hint;
    FieldType type = FieldType::text;
    bool required = true;
    bool locked = false;  // comes from the card; shown, not edited
    Prefill prefill = Prefill::nothing;
    FieldMask mask = FieldMask::none;
    std::int64_t max_length = 60;
    std::int64_t least = 1, most = 1;  // of choices: how many are chosen
    std::optional<Expression> visible;
    std::vector<FieldOption> options;
    std::vector<Validation> validations;
    friend bool operator==(const Field&, const Field&) = default;
};
struct FormPage {
    std::string id;
    Text title;  // a question; ≤ 4 fields
    Text hint;   // {fact} is replaced
    std::vector<Field> fields;
    friend bool operator==(const FormPage&, const FormPage&) = default;
};

// ---- materials, letter, guide
// ---------------------------------------------------------------------

enum class MaterialSource {
    generated,  // made by the terminal from the answers
    chip,       // read from the card
    exempt,     // 免提交: the centre fetches it
    typed,      // typed and checked here
    later,      // 容缺后补: brought within lenient_days
};
struct Material {
    std::string code;  // M1
    Text name, note;
    MaterialSource source = MaterialSource::generated;
    std::int64_t lenient_days = 0;
    std::optional<Expression> when;
    friend bool operator==(const Material&, const Material&) = default;
};

// How a letter may be signed: by the finger; for whoever cannot see or write, by hearing each
// clause read aloud to its end and confirming it, by a thumb print on paper that the camera takes,
// or by any mark that another adult attests with their own card (decision 8).
enum class SignatureWay { touch, read_aloud, thumb, witnessed };

struct LetterChoice {
    Text label, note;
    friend bool operator==(const LetterChoice&, const LetterChoice&) = default;
};
struct Letter {
    std::string template_id;
    std::int64_t revision = 0;
    Text title, basis;
    std::vector<Text> conditions;    // part one: told
    std::vector<Text> consequences;  // part two: told
    std::vector<Text> clauses;       // part three: each ticked by the person
    LetterChoice commit, ordinary;   // 我愿意承诺 / 按一般程序办: equal
    bool always = false;             // the promise is part of the service: no ordinary way
    std::int64_t ordinary_days = 0;  // working days of the ordinary procedure; 0 = as promised
    std::vector<SignatureWay> ways{SignatureWay::touch};
    bool allows(SignatureWay way) const;
    friend bool operator==(const Letter&, const Letter&) = default;
};

struct GuideSample {  // a line of a paper filled in as an example; the people are invented
    Text name, value;
    friend bool operator==(const GuideSample&, const GuideSample&) = default;
};
struct GuideRow {  // of a table: what it is about, and what holds
    Text name, text;
    // Of a material: how it looks when it is filled in, and what is often done wrong.
    std::vector<GuideSample> sample{};
    std::vector<Text> common_mistakes{};
    bool has_more() const { return !sample.empty() || !common_mistakes.empty(); }
    friend bool operator==(const GuideRow&, const GuideRow&) = default;
};
struct GuideSection {
    Text heading;
    std::vector<Text> lines;
    friend bool operator==(const GuideSection&, const GuideSection&) = default;
};
// What is told before anybody begins (UX-228): a few short lines with the way in, and pages beside
// it for whoever wants to know more.
struct Guide {
    std::vector<Text> essentials;  // "谁可以办：…", "多久办好：…"; ≤ 30 characters each
    std::vector<GuideRow> materials;            // what to bring; names every material of the item
    std::vector<GuideRow> terms;                // fee, times, places, telephones
    std::vector<GuideSection> steps;            // conditions, steps, questions often asked
    std::vector<GuideSection> basis;            // the law in its own words
    std::vector<GuideSection> review_points{};  // 审核要点: what reviewers look at; may be empty
    friend bool operator==(const Guide&, const Guide&) = default;
};

// ---- item, home, pack
// -----------------------------------------------------------------------------

// clang-format off
enum class IdentityLevel {
    chip,
    chip_and_face
};
// clang-format on
enum class FilingDate { captured, received };
enum class Audience { person, organisation };  // 个人, 法人
// Filed at this terminal, or only at a counter: then there is a guide and nothing to fill in. Or a
// proof: what is wanted is a paper that the centre makes out, printed here; nothing is filed.
// clang-format off
enum class Handling {
    here,
    counter,
    proof
};
// clang-format on

// Of Handling::proof: which paper the centre is asked for, and how many of it one person gets in a
// day.
struct ProofWanted {
    std::string type;
    std::int64_t copies_max = 0;
    friend bool operator==(const ProofWanted&, const ProofWanted&) = default;
};

// What an item is also found by, as people say it: 老人补贴, "lao ren bu tie". One syllable for
// each Han character, in the order of the characters; letters and digits stand for themselves.
struct Keyword {
    std::string zh, pinyin;
    friend bool operator==(const Keyword&, const Keyword&) = default;
};

struct ServiceItem {
    std::string code;                 // basic code, 12
    std::string implementation_code;  // 31
    std::int64_t version = 0;
    Text name, summary;
    std::string name_pinyin;          // of name.zh, as Keyword::pinyin
    std::vector<Keyword> keywords;    // everyday words
    std::vector<Audience> audiences;  // at least one
    std::vector<std::string> topics;  // ids of the pack's topics
    Handling handling = Handling::here;
    ProofWanted proof;     // of Handling::proof
    bool payable = false;  // its fee is paid at this terminal: the guide leads to 缴费
    std::string icon;
    IdentityLevel identity_level = IdentityLevel::chip;
    FilingDate filing_date = FilingDate::captured;
    ItemTerms terms;
    std::int64_t promised_days = 0;  // working days
    std::int64_t reply_days = 5;     // the centre says within these working days whether it accepts
    Guide guide;
    std::vector<SituationQuestion> situation;
    std::vector<ComputedFact> facts;
    std::vector<Stop> stops;
    std::vector<FormPage> form;
    std::vector<Material> materials;
    Letter letter;
    Text next_step;  // on the receipt: what happens next and by when
    // Public safety, life or property are at stake: nothing is granted on a promise.
    bool sensitive = false;
    friend bool operator==(const ServiceItem&, const ServiceItem&) = default;
};

// What services are sorted by: 社会保障, 婚育, 经营 …
struct Topic {
    std::string id, icon;
    Text name;
    friend bool operator==(const Topic&, const Topic&) = default;
};

// Something to read (政务公开): paragraphs, a table, or both.
struct DocumentTable {
    std::vector<Text> columns;            // 2 to 4
    std::vector<std::vector<Text>> rows;  // as many cells as columns
    friend bool operator==(const DocumentTable&, const DocumentTable&) = default;
};
enum class RowOrder {
    as_written,
    shuffled  // anew for every session: nobody is put first (中介服务)
};
struct Document {
    std::string id, icon;
    Text title, summary;
    Text publisher;            // who answers for it
    std::string published_on;  // ISO date
    std::vector<GuideSection> sections;
    DocumentTable table;
    RowOrder order = RowOrder::as_written;
    friend bool operator==(const Document&, const Document&) = default;
};

// 专栏: one house's services in one place, behind three doors: guides, filing, and what is open to
// all.
struct Column {
    std::string id, icon;
    Text title, note;
    std::string valid_from, valid_to;  // ISO dates, both included; empty = open
    std::vector<std::string> item_codes;
    std::vector<std::string> documents;  // ids of the pack's documents
    bool holds_on(std::chrono::year_month_day date) const;
    friend bool operator==(const Column&, const Column&) = default;
};

// clang-format off
enum class TileAction {
    services,
    item,
    guide,
    progress,
    help,
    search,
    column,
    documents,
    pay,
    booking
};
// clang-format on
struct HomeTile {
    std::string id;
    TileAction action = TileAction::services;
    std::string item_code;  // of item and guide
    std::string column_id;  // of column
    std::string icon;
    Text title, note;
    friend bool operator==(const HomeTile&, const HomeTile&) = default;
};

// Asking, complaining, 办不成事, rating (voice.hpp): what can be chosen, and what becomes of it. A
// pack without it offers none of them; a rating is then only counted here.
struct VoiceTopic {
    std::string key;
    Text label;
    friend bool operator==(const VoiceTopic&, const VoiceTopic&) = default;
};
struct VoiceReason {  // 等待太久; offered at these levels
    std::string key;
    Text label;
    std::vector<std::int64_t> levels;
    friend bool operator==(const VoiceReason&, const VoiceReason&) = default;
};
struct VoiceRules {
    std::string item_code, implementation_code;  // what its numbers begin with at the centre
    Text name;
    std::vector<VoiceTopic> consult, complaint, stuck;
    std::vector<VoiceReason> reasons;
    std::vector<VoiceTopic> dimensions;
    // From which levels somebody at the centre asks what was wrong (1 非常满意 … 5 非常不满意).
    std::vector<std::int64_t> follow_up_levels{4, 5};
    std::int64_t reply_days = 5;
    bool anonymous = true;  // a complaint needs no name
    bool follows_up(std::int64_t level) const;
    friend bool operator==(const VoiceRules&, const VoiceRules&) = default;
};

struct Pack {
    std::string pack_id;
    domain::Realm realm = domain::Realm::training;
    std::int64_t version = 0;
    std::string built_on;    // ISO date
    Text organisation;       // 示例县政务服务中心
    std::string brand_mark;  // one character
    Text responsible;        // 示例县行政审批服务局: who answers for personal data
    std::string telephone;   // consultation
    Text hours;
    Text counter_address;
    std::vector<Text> data_notice;  // the notice on personal data, paragraphs "用来做什么：…"
    std::vector<Text> face_notice;
    std::vector<HomeTile> home, elder_home;
    DivisionTable divisions;
    std::vector<Topic> topics;
    std::vector<ServiceItem> items;
    std::vector<Document> documents;
    std::vector<Column> columns;
    std::optional<VoiceRules> voice;
    domain::WorkCalendar calendar;                  // none: Monday to Friday
    std::vector<domain::OfficeHours> office_hours;  // when people accept; none: not known
    std::string guide_link{};  // https address that an item code follows; empty = none
    std::vector<NegativeTrade> negative_list{};

    const ServiceItem* find_item(const std::string& code) const;
    const Document* find_document(const std::string& id) const;
    const Column* find_column(const std::string& id) const;
    friend bool operator==(const Pack&, const Pack&) = default;
};

// The pack as a terminal at that level shows it (就近办): without what says its levels and not this
// one, and without the ways that lead there.
Pack reduced_to(Pack pack, Level level);

}  // namespace catalogue
