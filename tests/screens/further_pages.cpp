// Pages that stretch the layout: long texts, stops, overlays, the elder mode, English.
#include "tests/screens/pages.hpp"

#include <cmath>

namespace gallery {

Screen question() {
    Screen s = page("question_who", 1);
    s.title = "这次给谁申领？";
    s.subtitle = "第 1 题，共 4 题";
    s.blocks.push_back(Choices{ChoiceStyle::rows,
                               true,
                               {{"self", "给我自己", "本人已满 80 周岁", "", true},
                                {"other", "给家里老人", "需要到窗口办理", "", false},
                                {"unsure", "不清楚", "工作人员帮您看", "", false}}});
    s.blocks.push_back(ButtonRow{{button("next", "下一题", ButtonLook::primary)}});
    return s;
}

Screen review() {
    Screen s = page("review", 3);
    s.title = "请核对您填的内容";
    s.subtitle = "哪里不对，按“修改”";
    KeyValues values;
    values.title = "申请人";
    const auto row = [&](std::string id, std::string label, std::string value, std::string tag) {
        KeyValue r;
        r.label = std::move(label);
        r.value = std::move(value);
        r.tag = std::move(tag);
        r.sensitivity = Sensitivity::personal;
        if (!id.empty()) r.action = button(std::move(id), "修改", ButtonLook::quiet);
        values.rows.push_back(std::move(r));
    };
    row("", "姓名", "**兰", "来自身份证");
    row("", "公民身份号码", "000***********0124", "来自身份证");
    row("edit.village", "所在村（社区）", "示例县 · 示例镇 · 示例村", "");
    row("edit.door", "门牌或住址", "三组大塘边新屋 𠅤𬱖 12 号", "");
    row("edit.phone", "手机号（选填）", "未填写", "");
    row("edit.account", "银行账号", "************1234", "");
    s.blocks.push_back(values);
    s.blocks.push_back(ButtonRow{
        {button("change", "返回修改"), button("confirm", "核对无误", ButtonLook::primary)}});
    return s;
}

Screen guide() {
    Screen s = page("guide", -1, false);
    s.title = "高龄津贴申领";
    s.subtitle = "办理前先看一看，约 5 分钟办完";
    TextCard card;
    card.title = "谁可以办";
    for (int i = 0; i < 3; ++i) {
        Paragraph p;
        p.heading = i == 0 ? "条件" : i == 1 ? "要带什么" : "多久有结果";
        p.text = i == 0 ? "年满 80 周岁，户籍在示例县，没有在其他地方领取同类津贴。不满 80 周岁的，"
                          "系统会告诉您最早哪天可以来办。"
                 : i == 1
                     ? "本人身份证。银行账号可以现场填，也可以 10 个工作日内补交。"
                     : "中心收到后 5 个工作日内告知是否受理，约 20 个工作日办结；结果写在回执上。";
        card.paragraphs.push_back(p);
    }
    Paragraph basis;
    basis.text = "依据：示例县高龄津贴发放办法 · 目录版本 2026-11-01";
    basis.secondary = true;
    card.paragraphs.push_back(basis);
    s.blocks.push_back(card);
    s.blocks.push_back(Notice{Tone::info,
                              "shield-check",
                              "先说清楚",
                              {"只收集办这件事要用的信息，中途离开会全部清除。"}});
    s.blocks.push_back(ButtonRow{{button("start", "开始办理", ButtonLook::primary)}});
    return s;
}

Screen long_letter() {
    Screen s = page("letter_conditions", 4);
    s.title = "告知承诺书";
    s.subtitle = "第 1 页，共 3 页 · 申报条件";
    TextCard card;
    card.title = "办理这件事要符合的条件";
    for (int i = 1; i <= 14; ++i) {
        Paragraph p;
        p.lead = "第" + std::to_string(i) + "条　";
        p.text =
            "申请人年满八十周岁，户籍在本县，并且没有在其他地方领取同类津贴；情况有变化的，"
            "应当在三十日内告知所在村（社区）。";
        card.paragraphs.push_back(p);
    }
    s.blocks.push_back(card);
    s.blocks.push_back(ButtonRow{
        {button("previous", "上一步"), button("next", "看完了，下一页", ButtonLook::primary)}});
    return s;
}

Screen stopped() {
    Screen s = page("not_eligible", 1);
    s.title = "现在还不能申领";
    s.blocks.push_back(Notice{Tone::warn,
                              "alert-triangle",
                              "还没有到 80 周岁",
                              {"最早 2031年5月6日 可以来办。", "到时候带身份证来就行。"}});
    s.blocks.push_back(
        Notice{Tone::danger, "alert-circle", "打印纸用完了", {"请拍下或抄下编号。"}});
    s.blocks.push_back(
        Notice{Tone::plain, "phone", "有疑问可以打电话", {"0000-12345，工作日 9:00—17:00"}});
    s.blocks.push_back(Progress{"", "正在核对，请稍等", -1});
    s.blocks.push_back(ButtonRow{{button("clear", "清除并结束", ButtonLook::danger),
                                  button("go_home", "回首页", ButtonLook::primary)}});
    s.blocks.push_back(ButtonRow{{button("quiet", "换一件事办", ButtonLook::quiet, "refresh")}});
    return s;
}

Screen still_there() {
    Screen s = receipt();
    s.name = "receipt_idle";
    s.overlay = Overlay{"还在吗？", "不点的话，30 秒后清除您的信息，回到首页", 24,
                        button("stay", "还在，继续办", ButtonLook::primary),
                        button("leave", "办好了，结束")};
    return s;
}

void grow_old(Screen& s) {
    s.comfort = domain::Comfort::for_elders();
    s.header.title = "示例县政务服务 · 长辈模式";
    s.header.line_text = "联网";
    s.header.time_text = "09:41";
    s.utility = {{"back", "arrow-left", "返回", true, false, true},
                 {"elder", "zoom-out", "普通版", true, false, true},
                 {"repeat", "volume", "再说一遍", true, false, true},
                 {"end", "logout", "结束", true, true, true}};
}

Screen elder_home() {
    Screen s = page("elder_home", -1, false);
    grow_old(s);
    s.utility[0] = {"all", "list", "全部服务", true, false, true};
    s.blocks.push_back(Strip{"id", "请选要办的事", "要身份证时会告诉您放在哪里", std::nullopt});
    s.blocks.push_back(Tiles{TileSize::elder_row,
                             {{"pension", "heart-handshake", "养老待遇认证", ""},
                              {"insurance", "first-aid-kit", "医保社保查询", ""},
                              {"allowance", "coin-yen", "老年证 高龄津贴", ""},
                              {"print", "printer", "打印证明", ""},
                              {"ticket", "ticket", "取号", ""},
                              {"find_help", "phone-call", "找人帮忙", "", true}}});
    return s;
}

void speak_english(Screen& s) {
    s.locale = base::Locale::en;
    s.header.title = "Sample County Government Services";
    s.header.line_text = "Online";
    s.header.time_text = "09:41";
    s.steps.names.clear();
    const char* words[] = {"Back", "Home", "Large text", "Sound", "Help", "End"};
    for (std::size_t i = 0; i < s.utility.size(); ++i) s.utility[i].text = words[i];
}

}  // namespace gallery
