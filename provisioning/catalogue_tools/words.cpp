#include "provisioning/catalogue_tools/words.hpp"

#include "base/bytes.hpp"

namespace provisioning::catalogue_tools {

std::string in_words(domain::Realm realm) {
    return realm == domain::Realm::training ? "演示（training）" : "正式（service）";
}

std::string in_words(catalogue::Audience audience) {
    return audience == catalogue::Audience::person ? "个人" : "法人";
}

std::string in_words(catalogue::Handling handling) {
    switch (handling) {
        case catalogue::Handling::here:
            return "本机申报";
        case catalogue::Handling::counter:
            return "到窗口办";
        case catalogue::Handling::proof:
            return "本机打印";
    }
    return {};
}

std::string in_words(catalogue::IdentityLevel level) {
    return level == catalogue::IdentityLevel::chip ? "读身份证" : "读身份证并比对人脸";
}

std::string in_words(catalogue::FilingDate date) {
    return date == catalogue::FilingDate::captured ? "在本机提交的时间" : "中心收到的时间";
}

std::string in_words(catalogue::FieldType type) {
    using catalogue::FieldType;
    switch (type) {
        case FieldType::text:
            return "文字";
        case FieldType::name:
            return "人名";
        case FieldType::phone:
            return "电话";
        case FieldType::bank_account:
            return "银行账号";
        case FieldType::id_number:
            return "身份证号码";
        case FieldType::credit_code:
            return "统一社会信用代码";
        case FieldType::money:
            return "金额（元）";
        case FieldType::date:
            return "日期";
        case FieldType::plate:
            return "车牌";
        case FieldType::choice:
            return "选择";
        case FieldType::choices:
            return "多选";
        case FieldType::digits:
            return "号码（数字）";
        case FieldType::division:
            return "区划";
    }
    return {};
}

std::string in_words(catalogue::Prefill prefill) {
    using catalogue::Prefill;
    switch (prefill) {
        case Prefill::nothing:
            return "不预填";
        case Prefill::name:
            return "身份证姓名";
        case Prefill::id_number:
            return "身份证号码";
        case Prefill::sex:
            return "身份证性别";
        case Prefill::ethnicity:
            return "身份证民族";
        case Prefill::birth_date:
            return "身份证出生日期";
        case Prefill::address:
            return "身份证地址";
        case Prefill::address_division:
            return "身份证地址所在的村，没有就是本机所在的";
        case Prefill::terminal_division:
            return "本机所在的区划";
    }
    return {};
}

std::string in_words(catalogue::FieldMask mask) {
    using catalogue::FieldMask;
    switch (mask) {
        case FieldMask::none:
            return "不遮";
        case FieldMask::name:
            return "按姓名遮";
        case FieldMask::id_number:
            return "按身份证号码遮";
        case FieldMask::phone:
            return "按电话遮";
        case FieldMask::account:
            return "按账号遮";
    }
    return {};
}

std::string in_words(catalogue::MaterialSource source) {
    using catalogue::MaterialSource;
    switch (source) {
        case MaterialSource::generated:
            return "本机按回答生成";
        case MaterialSource::chip:
            return "从身份证读取";
        case MaterialSource::exempt:
            return "免提交";
        case MaterialSource::typed:
            return "在本机填写并校验";
        case MaterialSource::later:
            return "容缺后补";
    }
    return {};
}

std::string in_words(catalogue::SignatureWay way) {
    using catalogue::SignatureWay;
    switch (way) {
        case SignatureWay::touch:
            return "手写";
        case SignatureWay::read_aloud:
            return "逐条听读确认";
        case SignatureWay::thumb:
            return "纸上按指印拍照";
        case SignatureWay::witnessed:
            return "见证人代证";
    }
    return {};
}

std::string in_words(catalogue::ProcessKind kind) {
    using catalogue::ProcessKind;
    switch (kind) {
        case ProcessKind::review:
            return "审核";
        case ProcessKind::instant:
            return "即办";
        case ProcessKind::record:
            return "备案";
        case ProcessKind::promise:
            return "告知承诺";
        case ProcessKind::query:
            return "查询";
    }
    return {};
}

std::string in_words(catalogue::LenientClass lenient) {
    return lenient == catalogue::LenientClass::a ? "A 类，材料不能后补" : "B 类，写明的可以后补";
}

std::string in_words(catalogue::Level level) {
    using catalogue::Level;
    switch (level) {
        case Level::county:
            return "县";
        case Level::town:
            return "乡镇（街道）";
        case Level::village:
            return "村（社区）";
    }
    return {};
}

std::string in_words(catalogue::ItemState state) {
    using catalogue::ItemState;
    switch (state) {
        case ItemState::in_use:
            return "在用";
        case ItemState::paused:
            return "暂停";
        case ItemState::ended:
            return "取消";
    }
    return {};
}

std::string in_words(catalogue::Delivery way) {
    using catalogue::Delivery;
    switch (way) {
        case Delivery::counter:
            return "窗口取";
        case Delivery::kiosk:
            return "自助机打印";
        case Delivery::post:
            return "免费邮寄";
        case Delivery::elicence:
            return "电子证照";
        case Delivery::agent:
            return "代办员送";
    }
    return {};
}

std::string in_words(catalogue::RowOrder order) {
    return order == catalogue::RowOrder::as_written ? "按写的顺序" : "每次打乱，不分先后";
}

std::string in_words(catalogue::TradeLevel level) {
    using catalogue::TradeLevel;
    switch (level) {
        case TradeLevel::forbidden:
            return "禁止";
        case TradeLevel::licence:
            return "许可";
        case TradeLevel::limited:
            return "限制";
    }
    return {};
}

std::size_t width_of(const std::string& text) {
    std::size_t wide = 0;
    const auto points = base::code_points(text);
    for (const char32_t point : points) wide += point >= 0x1100 ? 2 : 1;
    return wide;
}

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t wide = width_of(text);
    return text + std::string(wide < width ? width - wide : 0, ' ');
}

std::string listed(const std::vector<std::string>& parts) {
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : "、") + part;
    return out.empty() ? "无" : out;
}

}  // namespace provisioning::catalogue_tools
