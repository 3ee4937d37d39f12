// What happens while a technician looks after the terminal or sets it up. Part of
// session/event.hpp.
#pragma once

#include "base/result.hpp"
#include "domain/identifiers.hpp"
#include "domain/post_status.hpp"
#include "domain/set_up/known.hpp"
#include "domain/supplies.hpp"
#include "domain/technician.hpp"
#include "flows/maintain/maintain_states.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace session {

// ---- looking after the terminal
struct TechnicianCalled {};      // the hidden chain of taps
struct TechnicianByAnswer {};    // 用中心的口令登录
struct TechnicianByCard {};      // 用证件和密码登录
struct TechnicianAnswerScan {};  // 扫答复
struct TechnicianSubmitted {};   // 登录
struct TechnicianLeft {};        // 退出维护
struct MaintenanceViewOpened {
    flows::MaintenanceView view{};
};
struct CourierOpened {};
struct CourierWanted {
    domain::CourierWork work{};
};
struct CentreTryWanted {};  // 马上再试
struct PauseOpened {};
struct PauseReasonChosen {
    domain::PauseReason reason{};
};
struct PauseLengthChosen {
    domain::PauseLength length{};
};
struct PauseConfirmed {};
struct MaintenanceAsked {
    flows::MaintenanceQuestion question{};
};
struct MaintenanceConfirmed {};
struct CleaningWanted {};

// ---- setting the terminal up
struct SetUpOpened {};  // 重新设置
struct SetUpAnswered {
    std::string key, value;
};
struct SetUpNext {};       // 下一步
struct SetUpSkipped {};    // 跳过这一步
struct SetUpConfirmed {};  // of old → new, and of the trial
struct SetUpTestWanted {   // of a field: display, touch_matrix, touch, documents, slips, speaker
    std::string key;
};
struct SetUpTestTapped {};    // on to the next colour
struct SetUpScanWanted {};    // 扫邀请二维码
struct SetUpJoinWanted {};    // 连接 a wireless network
struct SetUpLater {};         // 先停在这里
struct SetUpReviewed {};      // from the end to the beginning
struct SetUpRestartAsked {};  // 重新启动，开始服务

// ---- results
// The terminal came up and a pause of before still holds.
struct PauseFound {
    domain::ServicePause pause;
};
// The terminal came up and its set-up is not finished.
struct SetUpFound {
    std::string goes_on_for{};  // who restarted it from the wizard just now; empty: nobody
};
// The post has said whether the centre took this terminal out of service.
struct RevocationTold {
    bool revoked = false;
};
struct SetUpKnown {
    domain::Ticket ticket;
    base::Result<domain::set_up::Known> known;
};
struct SetUpKept {
    domain::Ticket ticket;
    base::Result<domain::set_up::Known> known;  // as it stands then
};
struct TechnicianChecked {
    domain::Ticket ticket;
    base::Result<domain::Technician> who;
    domain::SignInGate gate;
};
struct StockKnown {
    domain::Ticket ticket;
    base::Result<domain::OutboxStock> stock;
};
struct CourierSaid {
    domain::Ticket ticket;
    std::string line;
};
struct CourierFinished {
    domain::Ticket ticket;
    base::Result<bool> all_well;
};
struct AuditRead {
    domain::Ticket ticket;
    std::vector<domain::AuditLine> newest;
    std::int64_t lines = 0;
    bool broken = false;
};
struct SuppliesRead {
    domain::Ticket ticket;
    domain::Supplies supplies;
};
// The printer's ledger counts anew, or could not be written.
struct PaperChangeNoted {
    domain::Ticket ticket;
    base::Status noted;
};

}  // namespace session
