#include "provisioning/catalogue_tools/advice.hpp"

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace provisioning::catalogue_tools {

namespace {

// `*` stands for any words; they go where {0}, {1} … are. The first row that fits is taken.
struct Row {
    std::string_view says, problem, mend;
};
constexpr Row rows[] = {
    {"line *, column *: not JSON", "从这里起不是 JSON",
     "看这一处和前一行：多半是少了或多了逗号、引号、括号"},
    {"a key stands twice in one object", "同一个对象里，一个键写了两次", "删掉其中一个"},
    {"the JSON parser gave up", "读不成 JSON", "重新导出这个文件"},
    {"larger than * bytes", "文件超过 {0} 字节", "拆成几个包，或删去不用的内容"},
    {"nested deeper than *", "嵌套超过 {0} 层", "把条件写得浅一些"},
    {"more problems follow; mend these first", "后面还有问题，没有全列", "先改好这些，再检查一次"},
    {"unknown key", "没有这个键", "看是不是拼错了（pack.schema.json 里有全部的键），不要的就删掉"},
    {"empty", "文字是空的", "写上文字；不需要就整项删掉"},
    {"missing: an item's tile names its item", "事项的磁贴没有写是哪个事项",
     "写上 item_code，和 items 里的 code 一样"},
    {"missing: a column's tile names its column", "专栏的磁贴没有写是哪个专栏",
     "写上 column_id，和 columns 里的 id 一样"},
    {"missing: the rule * of this type", "这种字段要有 {0} 校验",
     "在 validations 里加一条 rule 为 {0} 的校验"},
    {"missing: within how many days it is brought", "后补的材料没有写几天内补交",
     "写上 lenient_days（天数）"},
    {"missing: *", "缺这一项（{0}）", "补上这一项"},
    {"missing", "缺这一项", "补上这一项"},
    {"unknown operator; expected one of: *", "没有这个运算", "改成其中一个：{0}"},
    {"expected one of: *", "不是这里能写的词", "改成其中一个：{0}"},
    {"expected at least *, found *", "至少要 {0} 个，现在是 {1} 个", "补足 {0} 个"},
    {"expected at most *, found *", "最多 {0} 个，现在是 {1} 个", "减到 {0} 个，或分成几处"},
    {"expected a date of this year, e.g. *", "这里要写这一年的日期",
     "写成 {0} 这样，年份和 year 一样"},
    {"expected a time of day, e.g. *", "这里要写几点几分", "写成 {0} 这样"},
    {"this year stands twice", "这一年的工作日历写了两次", "合成一份"},
    {"a holiday, too: *", "{0} 又放假又上班", "从 holidays 或 makeup_workdays 里去掉一个"},
    {"before the first", "一周的最后一天排在第一天前面", "改成后面的一天，或写成两段"},
    {"not after it opens", "下班时间不晚于上班时间", "改成晚一些的时间"},
    {"expected a date, e.g. *", "这里要写日期", "写成 {0} 这样"},
    {"expected the date of the official list, e.g. *", "这里要写区划名录的日期", "写成 {0} 这样"},
    {"expected a condition, found *", "这里要写条件，现在是{0}",
     "写成得出是或否的式子，如 {\"op\": \"equal\", …}"},
    {"expected an expression, found *", "这里要写式子，现在是{0}",
     "写成值、{\"fact\": …} 或 {\"op\": …, \"args\": […]}"},
    {"expected * cells, one for each column, found *", "这一行要 {0} 格，现在是 {1} 格",
     "每一栏写一格"},
    {"expected one letter A to Z", "这里要写一个大写字母", "写拼音的首字母，A 到 Z"},
    {"expected one character", "这里只写一个字", "留一个字"},
    {"of class A nothing may be brought later", "A 类事项的材料不能后补",
     "改材料的 source，或者把 lenient_class 写成 B"},
    {"not for a service marked sensitive: *", "涉及公共安全、人身财产的事项不能有承诺书",
     "去掉 letter，到窗口办（handling 写 counter）；或者去掉 sensitive"},
    {"expected an https address that ends with / or =", "这里要写 https 网址，以 / 或 = 结尾",
     "写指南网址的前一段，后面接事项编码"},
    {"expected 4 digits, as in GB/T 4754", "行业代码是 4 位数字", "照国民经济行业分类写"},
    {"expected 12 digits", "基本编码是 12 位数字", "照事项清单写全 12 位"},
    {"expected 31 characters: *", "实施编码是 31 位：主体 18 位、层级 1 位、基本编码 12 位",
     "照事项清单写全，最后 12 位和 code 一样"},
    {"expected 6 digits (to the county), 9 (town) or 12 (village)",
     "区划代码是 6 位（到县）、9 位（乡镇）或 12 位（村）", "照区划名录写"},
    {"expected citizen-window/pack", "这不是事项包", "写 citizen-window/pack；看是不是拿错了文件"},
    {"expected * to *, found *", "要在 {0} 到 {1} 之间，现在是 {2}", "改到这个范围里"},
    {"expected * to *", "要在 {0} 到 {1} 之间", "改到这个范围里"},
    {"expected *, found *", "这里要写{0}，现在是{1}", "改成{0}"},
    {"expected *", "这里要写：{0}", "照这样改"},
    {"stands twice: keep one line of *", "{0} 写了两次", "{0} 只留一行"},
    {"stands twice", "和前面的重复", "改成没有用过的，或删掉一个"},
    {"another fact has this name", "这个名字已经有别的问题或计算用了", "换一个名字"},
    {"reads *, which no fact before it has as its name", "用到了 {0}，前面没有叫这个名字的",
     "看名字是不是拼错了；计算要写在用它的后面之前"},
    {"reads *, which is answered only later", "用到了 {0}，可是这个问题后面才问",
     "把那个问题移到前面，或改这个条件"},
    {"{*} names no known fact", "文字里的 {{0}} 没有这个名字", "改成 facts 里的名字，或写成文字"},
    {"only the texts of a stop and the hint of a page have {facts}",
     "这里的文字不会代入，办事人会看到花括号", "把花括号和里面的名字改成文字"},
    {"only the tile of a column names one", "只有专栏的磁贴写专栏", "删掉它"},
    {"only tiles of an item or a guide name one", "只有事项和指南的磁贴写事项编码", "删掉它"},
    {"no item has this code", "items 里没有这个编码", "改成有的编码，或补上这个事项"},
    {"no unit of the list has this code: *", "名录里没有这个代码", "写现在还有的单位的代码"},
    {"no unit * above it: *", "上一级 {0} 不在名录里", "补上 {0}，或改这个代码"},
    {"no topic has this id", "topics 里没有这个主题", "改成有的主题，或补上这个主题"},
    {"no document has this id", "documents 里没有这份资料", "改成有的资料，或补上这份资料"},
    {"an item has this code already", "已经有事项用了这个编码", "换一个没有用过的编码"},
    {"expected a-z, 0-9 and _", "这里只写小写字母、数字和下划线", "改成比如 waiting"},
    {"expected 31 characters", "实施编码要 31 位", "照实施清单写满 31 位"},
    {"expected a number from 1 to 5", "评价的等次是 1 到 5", "改成 1 到 5"},
    {"no column has this id", "columns 里没有这个专栏", "改成有的专栏，或补上这个专栏"},
    {"no item is of this topic: an empty page", "没有一个事项属于这个主题，点开是空的",
     "在事项的 topics 里写上它，或删掉这个主题"},
    {"this pack has no documents to read", "包里没有资料，点开是空的", "补上资料，或删掉这块磁贴"},
    {"names neither an item nor a document", "专栏里没有事项，也没有资料", "写上事项或资料"},
    {"neither sections nor a table: nothing to read", "资料里没有文字，也没有表",
     "写上 sections 或 table"},
    {"only a table is shuffled", "只有表才能打乱顺序", "删掉 order，或写上表"},
    {"lies before effective_from", "比开始的日期还早", "改成 effective_from 以后的日期"},
    {"what is done at once has 1 day at most", "即办、查询的事项写了不止 1 天",
     "promised_days 写 1，或改 process_kind"},
    {"class A: nothing may follow later", "A 类容缺的事项里有后补的材料",
     "改这份材料的 source，或把 lenient 改成 B"},
    {"not a credit code (GB 32100)", "不是统一社会信用代码", "照机关的证书写 18 位，看有没有抄错"},
    {"names the receiving and the deciding office of this place, too",
     "写了按户籍决定，没有写本地的收件机关和决定机关", "补上 receiving_office 和 deciding_office"},
    {"no field for a division has this key", "表单里没有这个区划字段",
     "改成表单里类型为 division 的字段的 key"},
    {"asked already: the list of deliveries makes this question",
     "结果怎么取已经按 delivery 自动问了", "删掉这个问题，或换一个 id"},
    {"out. belongs to the list of deliveries", "out. 开头的字段留给邮寄地址", "换一个 key"},
    {"shorter than the days that are promised", "一般程序的天数比承诺的还短",
     "改成不少于 promised_days"},
    {"more than most", "至少选的比最多选的还多", "改 least 或 most"},
    {"more than there are options", "最多选的比选项还多", "改 most，或补上选项"},
    {"a comma stands between the values and in none", "多选的值里有逗号", "换成不带逗号的值"},
    {"lies before valid_from", "比开始的日期还早", "改成 valid_from 以后的日期"},
    {"nothing is filed for a proof", "打印证明的事项不申报，没有这一项",
     "删掉它，或把 handling 改成 here"},
    {"only for what is printed here", "这一项只写在打印证明的事项里",
     "删掉它，或把 handling 改成 proof"},
    {"longer than 64 letters", "证明种类的代号太长", "改短，不超过 64 个字母"},
    {"only for what is filed here", "到窗口办的事项不写这一项", "删掉它，或把 handling 改成 here"},
    {"catch-all wording (*): name each material", "“{0}”是兜底的说法", "把每份材料的名称写出来"},
    {"spells a text without a character, letter or digit", "给没有字的文字注了音", "改文字"},
    {"fewer syllables than characters: *", "音节比字少", "一个字一个音节，按字的顺序"},
    {"more syllables than characters: *", "音节比字多", "一个字一个音节，按字的顺序"},
    {"a syllable is a to z *", "音节只写小写字母，不写声调，ü 写 v", "改拼音，音节之间空一格"},
    {"letters and digits stand for themselves, in one piece", "字母和数字照原样写，不拆开",
     "照文字里的写"},
    {"a choice has at least two", "选择至少要有两个选项", "补上选项，或换一种字段"},
    {"only a choice has options", "只有选择才有选项", "删掉选项，或把 type 改成 choice"},
    {"a division comes from *", "区划只能用 terminal_division 或 address_division 预填",
     "改 prefill，或删掉"},
    {"only a division is filled with one", "只有区划字段才能用区划预填", "改 prefill 或 type"},
    {"nothing fills it, so nobody could", "锁定了又没有预填，谁也填不了",
     "写上 prefill，或去掉 locked"},
    {"more than max_length of the field", "比字段的 max_length 还大", "改小，或放大 max_length"},
    {"not a regular expression (ECMAScript)", "不是正则表达式（ECMAScript）",
     "看括号和反斜杠：在 JSON 里反斜杠要写两个"},
    {"longer than the promised * days", "比承诺办结的 {0} 天还长", "改到 {0} 天以内"},
    {"longer than * characters", "超过 {0} 个字", "改短到 {0} 个字以内"},
    {"only a material brought later has days", "只有后补的材料才有天数",
     "删掉 lenient_days，或把 source 改成 later"},
    {"does not name *", "指南的材料里没有“{0}”", "在 guide 的 materials 里加一行，名称一字不差"},
    {"touch has to be among them, each once", "签名方式里要有 touch，每种只写一次",
     "加上 touch，去掉重复的"},
};

// The reader's words for what it wants and finds.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kinds{{
    {"null", "空（null）"},
    {"true or false", "true 或 false"},
    {"a whole number", "整数"},
    {"a decimal number", "小数"},
    {"a number", "数"},
    {"a text", "文字"},
    {"a list", "列表"},
    {"an object", "对象"},
    {"a condition", "条件"},
    {"a value", "值"},
    {"a date (2026-11-22)", "日期（如 2026-11-22）"},
}};

std::string in_chinese(std::string_view word) {
    for (const auto& [english, chinese] : kinds)
        if (word == english) return std::string(chinese);
    return std::string(word);
}

using Caught = std::vector<std::string_view>;

// What each `*` stands for; nothing when the words do not fit.
std::optional<Caught> fit(std::string_view pattern, std::string_view words) {
    Caught caught;
    for (;;) {
        const auto star = pattern.find('*');
        const auto before = pattern.substr(0, star);
        if (!words.starts_with(before)) return std::nullopt;
        words.remove_prefix(before.size());
        if (star == std::string_view::npos)
            return words.empty() ? std::optional(caught) : std::nullopt;
        pattern.remove_prefix(star + 1);
        const auto next = pattern.substr(0, pattern.find('*'));
        const auto end = next.empty() ? words.size() : words.find(next);
        if (end == std::string_view::npos) return std::nullopt;
        caught.push_back(words.substr(0, end));
        words.remove_prefix(end);
    }
}

std::string filled(std::string_view text, const Caught& caught) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hole = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}' &&
                          text[i + 1] >= '0' && text[i + 1] <= '9';
        if (!hole) {
            out += text[i];
            continue;
        }
        const auto number = static_cast<std::size_t>(text[i + 1] - '0');
        if (number < caught.size()) out += in_chinese(caught[number]);
        i += 2;
    }
    return out;
}

}  // namespace

Advice advice_on(std::string_view problem) {
    for (const auto& row : rows)
        if (const auto caught = fit(row.says, problem))
            return {filled(row.problem, *caught), filled(row.mend, *caught)};
    return {std::string(problem), "对照 pack.schema.json 改这一处"};
}

bool has_advice_on(std::string_view problem) {
    for (const auto& row : rows)
        if (fit(row.says, problem)) return true;
    return false;
}

}  // namespace provisioning::catalogue_tools
