#include "catalogue_queries.hpp"

#include "base/bytes.hpp"

const std::vector<std::string>& queries() {
    static const std::vector<std::string> all{
        "lrbt",         "laorenbutie",    "lao ren bu tie", "laoren bt",  "老人补贴",
        "老人",         "高龄津贴",       "gaolingjintie",  "gljt",       "高龄 jt",
        "yanglao",      "yanglaobaoxian", "养老保险",       "养老",       "ylbx",
        "renzheng",     "养老待遇认证",   "yibao",          "医保",       "医保缴费",
        "yibaojiaofei", "老年证",         "laonianzheng",   "残疾人补贴", "canjirenbutie",
        "cjrbt",        "生育登记",       "shengyudengji",  "社保证明",   "shebaozhengming",
        "sbzm",         "房产证",         "fangchanzheng",  "不动产登记", "budongchan",
        "shuidianfei",  "水电气",         "宅基地",         "zhaijidi",   "网约车",
        "wangyueche",   "营业执照",       "yingyezhizhao",  "geti",       "卫生许可",
        "weishengxuke", "东山老人",       "dongshan",       "qqqqqqqq",   "沒有这个事项"};
    return all;
}

std::vector<std::string> keystrokes(const std::string& query) {
    std::vector<std::string> typed;
    const std::u32string points = base::code_points(query);
    for (std::size_t i = 1; i <= points.size(); ++i)
        typed.push_back(base::utf8_from_code_points(std::u32string_view(points).substr(0, i)));
    return typed;
}
