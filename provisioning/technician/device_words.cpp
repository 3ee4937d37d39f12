#include "provisioning/technician/device_words.hpp"

namespace provisioning::technician {

using domain::CodePurpose;
using domain::DeviceKind;
using domain::DeviceState;
using domain::Supply;

namespace {

std::string_view word(DeviceState state) {
    switch (state) {
        case DeviceState::ready:
            return "正常";
        case DeviceState::degraded:
            return "勉强可用";
        case DeviceState::unavailable:
            break;
    }
    return "不可用";
}

std::string_view word(Supply supply) {
    switch (supply) {
        case Supply::plenty:
            return "纸充足";
        case Supply::low:
            return "纸快用完";
        case Supply::out:
            return "没有纸";
        case Supply::unknown:
            break;
    }
    return "";
}

std::string reason(const base::Fault& fault) {
    std::string text(base::entry(fault.code).technician_zh);
    text += "（" + std::string(base::name(fault.code));
    if (!fault.safe_detail.empty()) text += " " + fault.safe_detail;
    return text + "）";
}

}  // namespace

std::string_view word(DeviceKind kind) {
    constexpr std::array<std::string_view, 11> words{"读卡器", "摄像头", "人脸比对", "文件打印机",
                                                     "触摸屏", "语音",   "耳机插孔", "小票打印机",
                                                     "扫码器", "高拍仪", "机柜"};
    return words.at(static_cast<std::size_t>(kind));
}

std::string_view word(base::Mender mender) {
    switch (mender) {
        case base::Mender::citizen:
            return "办事人自己";
        case base::Mender::attendant:
            return "现场工作人员";
        case base::Mender::technician:
            return "维护人员";
        case base::Mender::centre:
            return "中心";
        case base::Mender::nobody:
            break;
    }
    return "会自己恢复";
}

std::string_view word(CodePurpose purpose) {
    switch (purpose) {
        case CodePurpose::receipt:
            return "本系统回执";
        case CodePurpose::guide:
            return "办事指南";
        case CodePurpose::enterprise_licence:
            return "营业执照";
        case CodePurpose::appointment:
            return "预约";
        case CodePurpose::electronic_identity:
            return "电子身份";
        case CodePurpose::project_code:
            return "项目代码";
        case CodePurpose::enrolment:
            return "终端登记";
        case CodePurpose::comfort:
            return "声音与显示设置";
        case CodePurpose::unknown:
            break;
    }
    return "不认识的码";
}

bool is_held_by_others(const base::Fault& fault) {
    return fault.safe_detail == "busy";
}

bool is_not_installed(const domain::DeviceHealth& health) {
    return health.state == DeviceState::unavailable && !health.fault;
}

std::string in_one_line(const domain::DeviceHealth& health) {
    if (is_not_installed(health)) return "没有安装，或还没有报告状态";
    std::string text(word(health.state));
    if (health.supply != Supply::unknown) text += "，" + std::string(word(health.supply));
    if (health.fault) text += "：" + reason(*health.fault);
    return text;
}

std::vector<std::string> in_full(const Device& device, const domain::DeviceHealth& health) {
    std::vector<std::string> lines{std::string(word(device.kind)) + "  " + in_one_line(health)};
    if (!device.where.empty()) lines.push_back("    接在：" + device.where);
    if (!device.model.empty()) lines.push_back("    型号：" + device.model);
    if (!device.module.empty()) lines.push_back("    编号：" + device.module);
    if (!health.fault) return lines;
    if (is_held_by_others(*health.fault))
        lines.push_back("    本机程序正在使用设备：先停下 kiosk，再来查看和测试");
    else
        lines.push_back("    由谁处理：" +
                        std::string(word(base::entry(health.fault->code).mender)));
    return lines;
}

}  // namespace provisioning::technician
