// The nine pages of the mock-ups and their neighbours.
#include "tests/screens/pages.hpp"

namespace gallery {

Button button(std::string id, std::string text, ButtonLook look, std::string icon) {
    return {std::move(id), std::move(text), look, std::move(icon)};
}

namespace {
const std::vector<std::string> step_names = {"核验身份", "回答问题", "填写信息", "核对",
                                             "承诺提交"};
}  // namespace

Screen page(std::string name, int step, bool signed_in) {
    Screen s;
    s.name = std::move(name);
    s.header.brand_mark = "民";
    s.header.title = "示例县政务服务中心";
    s.header.line_text = "网络正常";
    s.header.time_text = signed_in ? "09:41" : "11月22日 周日 09:41";
    if (signed_in) {
        s.header.who = "**兰";
        s.header.not_me = button("not_me", "不是本人", ButtonLook::quiet);
    }
    if (step >= 0) s.steps = {step_names, step};
    s.utility = {{"back", "arrow-left", "返回"},   {"home", "home", "首页"},
                 {"elder", "zoom-in", "长辈模式"}, {"sound", "volume", "声音"},
                 {"help", "headset", "求助"},      {"end", "logout", "结束", true, true}};
    return s;
}

Screen home() {
    Screen s = page("home", -1, false);
    s.utility[0].enabled = s.utility[1].enabled = s.utility[5].enabled = false;
    s.blocks.push_back(Hero{"24 小时自助办事", "选择服务 → 放身份证 → 填写确认 → 取走回执",
                            "没有网络也能申报，联网后自动送达；打印、缴费需联网"});
    s.blocks.push_back(Strip{"id", "放身份证即可登录", "读卡区在屏幕下方，灯在闪",
                             button("scan", "扫码登录", ButtonLook::secondary, "qrcode")});
    Tiles large{TileSize::large,
                {{"print", "printer", "打印证明", "社保 · 不动产等"},
                 {"apply", "file-pencil", "我要办理", "按事项自助申报"},
                 {"bundle", "stack-2", "一件事一次办", "8 个套餐"},
                 {"book", "calendar-time", "预约取号", "最近可约 周一 9:00"},
                 {"progress", "progress-check", "进度查询", "刷身份证或扫回执"},
                 {"pay", "cash-banknote", "缴费", "水电气 · 税费"}}};
    s.blocks.push_back(large);
    s.blocks.push_back(Tiles{TileSize::medium,
                             {{"guide", "book", "办事指南", ""},
                              {"policy", "rosette-discount", "找政策", ""},
                              {"complain", "message-report", "投诉建议", ""},
                              {"agent", "user-heart", "帮代办", ""}}});
    s.blocks.push_back(Chips{{button("park", "园区事园区办"), button("legal", "法人 · 企业"),
                              button("all", "全部服务"), button("language", "中文 / English")}});
    return s;
}

Screen small_home() {
    Screen s = home();
    s.name = "home_small";
    s.attract =
        Attract{"24 小时自助办事", "请轻触屏幕开始", "周一至周五 9:00–17:00，自助区 24 小时开放"};
    s.blocks[2] = Tiles{TileSize::large,
                        {{"apply", "file-pencil", "我要办理", "按事项自助申报"},
                         {"progress", "progress-check", "进度查询", "刷身份证或扫回执"},
                         {"help_tile", "headset", "求助", "电话和服务时间"},
                         {"elder_tile", "zoom-in", "长辈模式", "字更大，步骤更少"}}};
    std::get<Strip>(s.blocks[1]).button.reset();
    s.blocks[3] = Chips{{button("language", "中文 / English", ButtonLook::secondary, "language")}};
    s.blocks.pop_back();
    return s;
}

Screen place_card() {
    Screen s = page("place_card", 0, false);
    s.title = "请把身份证放在读卡区";
    s.subtitle = "读取要 3～5 秒，请不要移动；读完就可以取走";
    s.blocks.push_back(DevicePicture{DevicePictureKind::place_card, "正在等待身份证……", false});
    s.blocks.push_back(
        ButtonRow{{button("other", "没带身份证，用其他方式", ButtonLook::secondary, "qrcode")}});
    s.blocks.push_back(
        Notice{Tone::info,
               "shield-check",
               "",
               {"没有提交的信息，结束时立即清除；提交的加密封存，送达后从本机删除。"}});
    return s;
}

Screen device(std::string name, DevicePictureKind kind, std::string title, std::string caption,
              bool busy) {
    Screen s = page(std::move(name), 0);
    s.title = std::move(title);
    s.blocks.push_back(DevicePicture{kind, std::move(caption), busy});
    return s;
}

Screen form_address() {
    Screen s = page("form_address", 2);
    s.title = "您现在住在哪里？";
    s.subtitle = "津贴发放和走访按这个地址办理 · 第 3 题，共 6 题";
    Field village;
    village.id = "village";
    village.label = "所在村（社区）";
    village.value = base::SecretText("示例县 · 示例镇 · 示例村");
    village.tag = "已自动填写";
    village.action = button("village.edit", "修改", ButtonLook::quiet);
    s.blocks.push_back(village);
    Field door;
    door.id = "door";
    door.label = "门牌或住址";
    door.value = base::SecretText("三组大塘边");
    door.keyboard = Keyboard::pinyin;
    door.focused = true;
    s.blocks.push_back(door);
    s.blocks.push_back(ButtonRow{{button("next", "下一题", ButtonLook::primary)}});
    return s;
}

Screen form_phone() {
    Screen s = page("form_phone", 2);
    s.title = "方便留个电话吗？";
    s.subtitle = "可以不填。不填时，结果写在回执上，也可以来查 · 第 4 题，共 6 题";
    Field phone;
    phone.id = "phone";
    phone.label = "手机号（选填）";
    phone.hint = "11 位数字";
    phone.value = base::SecretText("1380013");
    phone.shown = "138 0013";
    phone.keyboard = Keyboard::number;
    phone.focused = true;
    s.blocks.push_back(phone);
    s.blocks.push_back(
        ButtonRow{{button("skip", "不填，下一题"), button("next", "下一题", ButtonLook::primary)}});
    return s;
}

Screen form_errors() {
    Screen s = page("form_errors", 2);
    s.title = "发到哪个账户？";
    s.subtitle = "第 5 题，共 6 题";
    s.blocks.push_back(ErrorSummary{"有 2 处需要修改",
                                    {{"account", "银行账号少了 3 位"}, {"bank", "请选开户银行"}}});
    Field account;
    account.id = "account";
    account.label = "银行账号";
    account.value = base::SecretText("6222000011112222");
    account.shown = "6222 0000 1111 2222";
    account.error = "银行账号少了 3 位";
    account.keyboard = Keyboard::number;
    s.blocks.push_back(account);
    Field bank;
    bank.id = "bank";
    bank.label = "开户银行";
    bank.error = "请选开户银行";
    bank.keyboard = Keyboard::pinyin;
    s.blocks.push_back(bank);
    Field number;
    number.id = "id_number";
    number.label = "公民身份号码";
    number.shown = "000000 19400101 000X";
    number.value = base::SecretText("00000019400101000X");
    number.tag = "已自动填写";
    s.blocks.push_back(number);
    s.blocks.push_back(ButtonRow{{button("next", "下一题", ButtonLook::primary)}});
    return s;
}

Screen form_id_number() {
    Screen s = page("form_id_number", 2);
    s.title = "配偶的身份号码";
    Field number;
    number.id = "spouse";
    number.label = "公民身份号码";
    number.shown = "000000 19400101 00";
    number.value = base::SecretText("0000001940010100");
    number.keyboard = Keyboard::number_x;
    number.focused = true;
    s.blocks.push_back(number);
    s.blocks.push_back(ButtonRow{{button("next", "下一题", ButtonLook::primary)}});
    return s;
}

Screen face() {
    Screen s = page("face_compare", 0);
    s.title = "请看镜头，与身份证比对";
    s.subtitle = "照片只在本机比对，不保存、不上传";
    CameraPreview preview;
    preview.guidance = "很好，请保持不动";
    preview.lamp_text = "摄像头使用中";
    preview.measures = {domain::FaceGuidance::good, true, true, true, false};
    preview.check_names = {"光线", "距离", "一个人", "正对"};
    s.blocks.push_back(preview);
    s.blocks.push_back(ButtonRow{{button("no_face", "不用人脸，换其他方式")}});
    s.blocks.push_back(Line{"人脸比对是自愿的，不用也能办。其他方式：短信验证 · 窗口 · 帮代办"});
    return s;
}

Screen letter() {
    Screen s = page("letter_sign", 4);
    s.title = "告知承诺书";
    s.subtitle = "第 3 页，共 3 页 · 前两页：申报条件、您填写的申请表";
    s.blocks.push_back(
        Ticks{"我郑重承诺",
              {{"clause.1", "一、申请表中我填写的内容真实、准确。", true},
               {"clause.2", "二、没有在其他地方领取同类津贴。", true},
               {"clause.3", "三、迁出本县或情况有变化时，30 日内告知村（社区）。", true},
               {"clause.4", "四、如承诺不实：停发津贴，退回已领部分，并记入信用记录。", false}},
              "依据：示例县高龄津贴发放办法第六条 · 模板版本 3"});
    s.blocks.push_back(
        Choices{ChoiceStyle::pair,
                true,
                {{"promise", "我愿意承诺", "约 20 个工作日 · 事后核查", "", true},
                 {"ordinary", "按一般程序办", "约 20 个工作日 · 先核材料", "", false}}});
    SignaturePad pad;
    pad.id = "signature";
    pad.label = "请在框内签名（不便写字：按指印或由见证人协助）";
    pad.clear_text = "重写";
    domain::Strokes strokes;
    strokes.lines = {{{0.23F, 0.27F}, {0.39F, 0.27F}},
                     {{0.24F, 0.49F}, {0.38F, 0.49F}},
                     {{0.31F, 0.27F}, {0.31F, 0.74F}},
                     {{0.22F, 0.74F}, {0.41F, 0.74F}},
                     {{0.50F, 0.30F}, {0.47F, 0.52F}, {0.45F, 0.70F}},
                     {{0.45F, 0.42F}, {0.55F, 0.38F}, {0.60F, 0.44F}, {0.57F, 0.72F}},
                     {{0.68F, 0.21F}, {0.71F, 0.33F}},
                     {{0.81F, 0.20F}, {0.78F, 0.33F}},
                     {{0.67F, 0.43F}, {0.82F, 0.43F}},
                     {{0.69F, 0.61F}, {0.80F, 0.61F}},
                     {{0.65F, 0.80F}, {0.84F, 0.80F}}};
    pad.strokes = base::Secret<domain::Strokes>(strokes);
    s.blocks.push_back(pad);
    s.blocks.push_back(ButtonRow{
        {button("previous", "上一页"), button("seal", "签好了，封存提交", ButtonLook::primary)}});
    return s;
}

Screen receipt() {
    Screen s = page("receipt");
    s.header.line_text = "离线可办";
    s.header.line_tone = LineTone::waiting;
    s.blocks.push_back(Notice{Tone::success,
                              "circle-check",
                              "已封存在本机，尚未送达",
                              {"现在没有网络。联网后自动送到中心，", "中心收到后短信告诉您。"},
                              true});
    KeyValues values;
    values.rows = {{"办理事项", "高龄津贴申领"},
                   {"本机编号", "L3K7 90F2 61QX", true},
                   {"封存时间", "2026年11月22日 09:46"},
                   {"申请日期", "按封存日期计（本事项规定）"},
                   {"下一步", "中心收到后 5 个工作日内告知是否受理，要补的一次说清"}};
    values.qr_text = "CW1.L3K790F261QX.7Qk0Zr9uPj2mW5tVx8yB3nC6dE1fG4hA";
    values.qr_caption = {"送达后扫码查进度", "码里没有个人信息"};
    s.blocks.push_back(values);
    s.blocks.push_back(Progress{"printer", "正在打印回执 第 1 页，共 1 页", 0.62});
    s.blocks.push_back(
        Strip{"id", "请取走身份证和回执", "先取身份证，再取回执", std::nullopt, Tone::warn});
    s.blocks.push_back(
        ButtonRow{{button("again", "再打一份"), button("taken", "取好了", ButtonLook::primary)}});
    s.blocks.push_back(Line{"您的信息送达中心后从本机删除，最迟保留到送达为止"});
    return s;
}

Screen rating() {
    Screen s = page("rating", -1, false);
    s.title = "这次办理感觉怎么样？";
    s.subtitle = "自愿评价，不评也完全可以 · 高龄津贴申领";
    s.low = true;
    s.blocks.push_back(Choices{ChoiceStyle::rows,
                               false,
                               {{"rate.5", "非常满意", "", "mood-happy"},
                                {"rate.4", "满意", "", "mood-smile"},
                                {"rate.3", "基本满意", "", "mood-empty"},
                                {"rate.2", "不满意", "", "mood-sad"},
                                {"rate.1", "非常不满意", "", "mood-cry"}}});
    s.blocks.push_back(ButtonRow{{button("skip", "暂不评价"), button("finish", "立即结束")}});
    s.blocks.push_back(Line{"28 秒后自动结束，不记录评价"});
    return s;
}

Screen consent() {
    Screen s = page("face_consent", 0);
    s.title = "要不要用人脸比对？";
    s.low = true;
    TextCard card;
    const auto say = [&card](std::string lead, std::string text) {
        Paragraph p;
        p.lead = std::move(lead);
        p.text = std::move(text);
        card.paragraphs.push_back(std::move(p));
    };
    say("用来做什么：", "确认来办事的是身份证本人。");
    say("用到什么：", "现场照片和身份证里的照片，只在本机比对。");
    say("保存多久：", "比对完立即删除，不保存、不上传；只记录“通过”或“未通过”。");
    say("不用可以吗：", "可以，办事结果一样，改用其他方式核验。");
    say("谁负责：", "示例县行政审批服务局，电话 0000-12345");
    s.blocks.push_back(card);
    s.blocks.push_back(ButtonRow{{button("agree", "同意，用人脸", ButtonLook::equal),
                                  button("refuse", "不用，换其他方式", ButtonLook::equal)}});
    return s;
}

}  // namespace gallery
