#include "domain/citizen_identity.hpp"

#include "base/bytes.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace domain {

namespace {

using base::FaultCode;

struct Ethnicity {
    std::string_view code, zh, en;
};
// GB/T 3304-1991.
constexpr std::array<Ethnicity, 58> ethnicities{{
    {"01", "汉", "Han"},          {"02", "蒙古", "Mongol"},
    {"03", "回", "Hui"},          {"04", "藏", "Zang"},
    {"05", "维吾尔", "Uygur"},    {"06", "苗", "Miao"},
    {"07", "彝", "Yi"},           {"08", "壮", "Zhuang"},
    {"09", "布依", "Buyei"},      {"10", "朝鲜", "Chosen"},
    {"11", "满", "Man"},          {"12", "侗", "Dong"},
    {"13", "瑶", "Yao"},          {"14", "白", "Bai"},
    {"15", "土家", "Tujia"},      {"16", "哈尼", "Hani"},
    {"17", "哈萨克", "Kazak"},    {"18", "傣", "Dai"},
    {"19", "黎", "Li"},           {"20", "傈僳", "Lisu"},
    {"21", "佤", "Va"},           {"22", "畲", "She"},
    {"23", "高山", "Gaoshan"},    {"24", "拉祜", "Lahu"},
    {"25", "水", "Sui"},          {"26", "东乡", "Dongxiang"},
    {"27", "纳西", "Naxi"},       {"28", "景颇", "Jingpo"},
    {"29", "柯尔克孜", "Kirgiz"}, {"30", "土", "Tu"},
    {"31", "达斡尔", "Daur"},     {"32", "仫佬", "Mulao"},
    {"33", "羌", "Qiang"},        {"34", "布朗", "Blang"},
    {"35", "撒拉", "Salar"},      {"36", "毛南", "Maonan"},
    {"37", "仡佬", "Gelao"},      {"38", "锡伯", "Xibe"},
    {"39", "阿昌", "Achang"},     {"40", "普米", "Pumi"},
    {"41", "塔吉克", "Tajik"},    {"42", "怒", "Nu"},
    {"43", "乌孜别克", "Uzbek"},  {"44", "俄罗斯", "Russ"},
    {"45", "鄂温克", "Ewenki"},   {"46", "德昂", "Deang"},
    {"47", "保安", "Bonan"},      {"48", "裕固", "Yugur"},
    {"49", "京", "Gin"},          {"50", "塔塔尔", "Tatar"},
    {"51", "独龙", "Derung"},     {"52", "鄂伦春", "Oroqen"},
    {"53", "赫哲", "Hezhen"},     {"54", "门巴", "Monba"},
    {"55", "珞巴", "Lhoba"},      {"56", "基诺", "Jino"},
    {"97", "其他", "Other"},      {"98", "外国血统中国籍人士", "Naturalised"},
}};

const Ethnicity* find_ethnicity(const std::string& code) {
    for (const auto& row : ethnicities)
        if (row.code == code) return &row;
    return nullptr;
}

// Residents only; every other card is named as what it is.
std::optional<FaultCode> other_kind(CardType type) {
    switch (type) {
        case CardType::resident:
            return std::nullopt;
        case CardType::hk_macao_taiwan:
            return FaultCode::CardResidencePermit;
        case CardType::foreigner_2017:
        case CardType::foreigner_2023:
            return FaultCode::CardForeignPermanent;
        case CardType::unknown:
            break;
    }
    return FaultCode::CardTypeUnsupported;
}

base::Result<Date> card_date(const std::string& digits, const char* field) {
    auto date = date_from_yyyymmdd(digits);
    if (!date) return base::fail(FaultCode::CardRecordMalformed, field);
    return date;
}

}  // namespace

base::Result<CitizenIdentity> CitizenIdentity::from_card(const IdCardRecord& record, Date today) {
    if (const auto other = other_kind(record.type)) return base::fail(*other);
    CitizenIdentity person(TRY(IdNumber::parse(record.number)));
    if (record.name.empty() || !base::is_valid_utf8(record.name))
        return base::fail(FaultCode::CardRecordMalformed, "name");
    person.name_ = record.name;

    constexpr std::array<std::pair<std::string_view, Sex>, 4> sexes{
        {{"0", Sex::unknown}, {"1", Sex::male}, {"2", Sex::female}, {"9", Sex::not_stated}}};
    bool sex_found = false;
    for (const auto& [code, sex] : sexes)
        if (record.sex_code == code) person.sex_ = sex, sex_found = true;
    if (!sex_found) return base::fail(FaultCode::CardRecordMalformed, "sex");

    person.ethnicity_code_ = record.ethnicity_code;
    person.birth_ = TRY(card_date(record.birth_yyyymmdd, "birth"));
    // The number carries the birth date too: a card that says two dates is not believed.
    if (person.birth_ != person.number_.birth_date() || person.birth_ > today)
        return base::fail(FaultCode::CardRecordMalformed, "birth");
    person.address_ = record.address;
    person.authority_ = record.authority;
    person.valid_from_ = TRY(card_date(record.valid_from_yyyymmdd, "valid_from"));
    if (record.valid_until != "长期")
        person.valid_until_ = TRY(card_date(record.valid_until, "valid_until"));
    if (person.valid_until_ && *person.valid_until_ < today)
        return base::fail(FaultCode::CardExpired);
    if (person.valid_from_ > today) return base::fail(FaultCode::CardNotYetValid);
    return person;
}

void CitizenIdentity::wipe() {
    base::wipe(name_);
    base::wipe(const_cast<std::string&>(number_.text()));
    base::wipe(ethnicity_code_);
    base::wipe(address_);
    base::wipe(authority_);
    birth_ = valid_from_ = Date{};
    valid_until_.reset();
}

std::string ethnicity_name(const std::string& code, base::Locale locale) {
    const auto* row = find_ethnicity(code);
    if (row == nullptr) return (locale == base::Locale::zh ? "代码" : "code ") + code;
    return std::string(locale == base::Locale::zh ? row->zh : row->en);
}

bool ethnicity_is_known(const std::string& code) {
    return find_ethnicity(code) != nullptr;
}

std::string sex_name(Sex sex, base::Locale locale) {
    constexpr std::array<std::string_view, 4> zh{"未知", "男", "女", "未说明"};
    constexpr std::array<std::string_view, 4> en{"unknown", "male", "female", "not stated"};
    return std::string((locale == base::Locale::zh ? zh : en).at(static_cast<std::size_t>(sex)));
}

}  // namespace domain
