// Pages of the blocks that read tables, long texts and papers, and that pick dates and places.
#include "tests/screens/pages.hpp"

namespace gallery {

Screen table(std::size_t rows) {
    Screen s = page(rows > 0 ? "records" : "records_empty");
    s.title = "津贴发放记录";
    s.subtitle = "近两年，每月一行";
    Table t;
    t.id = "records";
    t.columns = {{"月份", 1.1, false}, {"发到哪里", 1.7, false}, {"金额（元）", 1, true}};
    for (std::size_t i = 0; i < rows; ++i) {
        const auto month = 12 - i % 12;
        const std::string year = i < 12 ? "2025年" : "2024年";
        t.rows.push_back(
            {{year + std::to_string(month) + "月",
              i == 2 ? "示例县农村信用合作联社示例分社 尾号 1234" : "示例银行 尾号 1234",
              i % 5 == 0 ? "1,200.00" : "100.00"},
             Sensitivity::personal});
    }
    t.empty_text = "近两年没有发放记录";
    s.blocks.emplace_back(t);
    s.blocks.emplace_back(ButtonRow{{button("done", "看完了", ButtonLook::primary)}});
    return s;
}

Screen birth_date(const std::string& value, const std::string& error) {
    Screen s = page(error.empty() ? "form_date" : "form_date_error", 2);
    s.title = "什么时候开始护理的？";
    s.subtitle = "记不清哪一天，写那个月的 1 日 · 第 2 题，共 6 题";
    DateField date;
    date.id = "since";
    date.label = "开始护理的日期";
    date.hint = "例如 2025 年 3 月 1 日";
    date.value = base::SecretText(value);
    date.error = error;
    date.focused = true;
    s.blocks.emplace_back(date);
    s.blocks.emplace_back(ButtonRow{{button("next", "下一题", ButtonLook::primary)}});
    return s;
}

Screen village() {
    Screen s = page("form_village", 2);
    s.title = "您现在住在哪个村（社区）？";
    DivisionPicker picker;
    picker.id = "village";
    picker.chosen = {button("000101", "示例县"), button("000101001", "示例镇")};
    const std::vector<std::pair<std::string, std::string>> names = {
        {"安乐村", "A"}, {"白石社区", "B"}, {"大塘村", "D"}, {"东岭村", "D"},   {"高坪村", "G"},
        {"河湾村", "H"}, {"黄泥岗村", "H"}, {"金鸡村", "J"}, {"老街社区", "L"}, {"龙潭村", "L"},
        {"马鞍村", "M"}, {"南山社区", "N"}, {"清溪村", "Q"}, {"三合村", "S"},   {"示例村", "S"},
        {"石桥村", "S"}, {"桐子林村", "T"}, {"新屋村", "X"}, {"杨柳村", "Y"},   {"竹园村", "Z"}};
    for (std::size_t i = 0; i < names.size(); ++i)
        picker.choices.push_back(
            {"000101001" + std::to_string(1001 + i).substr(1), names[i].first, names[i].second});
    picker.other = button("village.other", "不在里面，自己写", ButtonLook::quiet, "pencil");
    picker.edition = "区划数据：2026年8月";
    s.blocks.emplace_back(picker);
    return s;
}

Screen town() {
    Screen s = page("form_town", 2);
    s.title = "您现在住在哪个镇（街道）？";
    DivisionPicker picker;
    picker.id = "town";
    picker.label = "乡镇、街道";
    picker.hint = "按现在住的地方选，不是户口上的";
    picker.chosen = {button("000101", "示例县")};
    picker.choices = {{"000101001", "示例镇", ""},
                      {"000101002", "城关镇", ""},
                      {"000101003", "河东街道", ""},
                      {"000101004", "双河乡", ""},
                      {"000101005", "青山乡", ""}};
    picker.other = button("town.other", "不在里面，自己写", ButtonLook::quiet, "pencil");
    picker.error = "请选一个镇或街道";
    s.blocks.emplace_back(picker);
    return s;
}

Screen long_text() {
    Screen s = page("policy", -1, false);
    s.title = "高龄津贴发放办法";
    LongText text;
    text.id = "policy_text";
    for (int chapter = 1; chapter <= 4; ++chapter) {
        const char* numbers[] = {"一", "二", "三", "四"};
        text.paragraphs.push_back(
            {std::string("第") + numbers[chapter - 1] + "章　发放对象和标准", true});
        for (int i = 0; i < 4; ++i)
            text.paragraphs.push_back(
                {"具有本县户籍、年满八十周岁的老年人，可以申请高龄津贴。津贴按月发放，八十至八十九"
                 "周岁每"
                 "人每月一百元，九十至九十九周岁每人每月二百元，一百周岁以上每人每月六百元（标准调"
                 "整时，"
                 "以县民政部门的公告为准）。",
                 false});
    }
    s.blocks.emplace_back(text);
    s.blocks.emplace_back(ButtonRow{{button("read", "看完了", ButtonLook::primary)}});
    return s;
}

domain::Picture paper_picture(int number) {
    domain::Picture p;
    p.width = 1000;
    p.height = 1414;
    p.rgb.assign(static_cast<std::size_t>(p.width) * static_cast<std::size_t>(p.height) * 3, 255);
    const auto bar = [&](int x, int y, int w, int h, std::uint8_t grey) {
        for (int row = y; row < y + h; ++row)
            for (int column = x; column < x + w; ++column)
                for (int channel = 0; channel < 3; ++channel)
                    p.rgb[static_cast<std::size_t>((row * p.width + column) * 3 + channel)] = grey;
    };
    bar(350, 90, 300, 40, 40);
    for (int i = 0; i < 22 - number * 6; ++i)
        bar(110, 190 + i * 48, i % 5 == 4 ? 420 : 780, 16, 110);
    return p;
}

Screen paper() {
    Screen s = page("letter_preview", 4);
    s.title = "承诺书打印出来是这样";
    PagePicture paper;
    paper.id = "paper";
    paper.caption = "承诺书，共 2 页";
    paper.pages = {base::Secret<domain::Picture>(paper_picture(0)),
                   base::Secret<domain::Picture>(paper_picture(1))};
    s.blocks.emplace_back(paper);
    s.blocks.emplace_back(ButtonRow{
        {button("back_page", "返回修改"), button("print", "打印 2 页", ButtonLook::primary)}});
    return s;
}

// Machines built in other ways than the usual one.
std::vector<Screen> other_machines() {
    using domain::Place;
    std::vector<Screen> all;
    const auto add = [&](std::string name, DevicePictureKind kind, std::string title,
                         std::string where, domain::DevicePlaces places) {
        Screen s = device(std::move(name), kind, title, title, false);
        auto& picture = std::get<DevicePicture>(s.blocks[0]);
        picture.where = std::move(where);
        picture.places = places;
        all.push_back(std::move(s));
    };
    add("reader_on_the_right", DevicePictureKind::place_card, "请放身份证", "读卡区在屏幕右边",
        {Place::right_middle, Place::below_middle, Place::above_middle, Place::left_bottom});
    add("reader_above", DevicePictureKind::place_card, "请放身份证", "读卡区在屏幕左上方",
        {Place::above_left, Place::right_bottom, Place::above_right, Place::left_bottom});
    add("reader_on_the_left", DevicePictureKind::take_card, "请收好身份证", "读卡区在屏幕左边靠下",
        {Place::left_bottom, Place::below_right, Place::above_middle, Place::right_top});
    add("paper_below_right", DevicePictureKind::take_paper, "请取走回执", "出纸口在屏幕右下方",
        {Place::below_left, Place::below_right, Place::above_middle, Place::left_bottom});
    add("camera_above", DevicePictureKind::look_here, "请看摄像头", "摄像头在屏幕上方", {});
    add("headphones", DevicePictureKind::plug_in, "可以插耳机听", "耳机孔在屏幕左边靠下", {});
    return all;
}

std::vector<Screen> widget_pages() {
    std::vector<Screen> all = other_machines();
    all.push_back(table(20));
    all.push_back(table(0));
    all.push_back(birth_date("2025-0", ""));
    all.push_back(birth_date("2025-13-01", "一年只有 12 个月"));
    all.push_back(village());
    all.push_back(town());
    all.push_back(long_text());
    all.push_back(paper());
    return all;
}

}  // namespace gallery
