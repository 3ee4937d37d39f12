#include "large_county.hpp"

#include "app/training/samples/sample_pack.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>

namespace {

using nlohmann::json;

struct Syllable {
    const char* zh;
    const char* pinyin;
};
// Names of towns and villages are made of these, two by two. All read in one way there.
constexpr std::array<Syllable, 60> syllables{{
    {"东", "dong"}, {"西", "xi"},   {"南", "nan"},   {"北", "bei"},    {"上", "shang"},
    {"下", "xia"},  {"前", "qian"}, {"后", "hou"},   {"左", "zuo"},    {"右", "you"},
    {"山", "shan"}, {"河", "he"},   {"江", "jiang"}, {"湖", "hu"},     {"海", "hai"},
    {"溪", "xi"},   {"塘", "tang"}, {"泉", "quan"},  {"岭", "ling"},   {"坪", "ping"},
    {"田", "tian"}, {"林", "lin"},  {"村", "cun"},   {"庄", "zhuang"}, {"寨", "zhai"},
    {"桥", "qiao"}, {"石", "shi"},  {"木", "mu"},    {"竹", "zhu"},    {"松", "song"},
    {"柳", "liu"},  {"梅", "mei"},  {"桃", "tao"},   {"李", "li"},     {"杨", "yang"},
    {"王", "wang"}, {"陈", "chen"}, {"刘", "liu"},   {"赵", "zhao"},   {"黄", "huang"},
    {"周", "zhou"}, {"吴", "wu"},   {"徐", "xu"},    {"孙", "sun"},    {"马", "ma"},
    {"朱", "zhu"},  {"胡", "hu"},   {"郭", "guo"},   {"何", "he"},     {"高", "gao"},
    {"新", "xin"},  {"和", "he"},   {"平", "ping"},  {"安", "an"},     {"福", "fu"},
    {"龙", "long"}, {"凤", "feng"}, {"金", "jin"},   {"银", "yin"},    {"春", "chun"},
}};

void put_before(json& zh, json& pinyin, const Syllable& one, const Syllable& two) {
    zh = std::string(one.zh) + two.zh + zh.get<std::string>();
    pinyin = fmt::format("{} {} {}", one.pinyin, two.pinyin, pinyin.get<std::string>());
}

// The `round`th of this item; the first keeps its codes, for tiles and columns name them.
json another(json item, std::size_t round) {
    if (round == 0) return item;
    const auto& one = syllables[round % syllables.size()];
    const auto& two = syllables[(round * 7 + round / syllables.size()) % syllables.size()];
    const auto code = item["code"].get<std::string>();
    const auto implementation = item["implementation_code"].get<std::string>();
    // The codes of the sample county end with three noughts.
    const std::string own = fmt::format("{}{:03}", code.substr(0, code.size() - 3), round);
    item["code"] = own;
    item["implementation_code"] =
        implementation.substr(0, implementation.size() - own.size()) + own;
    put_before(item["name"]["zh"], item["name_pinyin"], one, two);
    for (auto& keyword : item["keywords"]) put_before(keyword["zh"], keyword["pinyin"], one, two);
    return item;
}

}  // namespace

std::string large_county(std::size_t items) {
    json pack = json::parse(app::training::samples::sample_pack_json());
    const json once = pack["items"];
    for (std::size_t i = once.size(); i < items; ++i)
        pack["items"].push_back(another(once[i % once.size()], i / once.size()));
    return pack.dump();
}
