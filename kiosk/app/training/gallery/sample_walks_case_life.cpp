// What the office has done with a case: one page for each state.
#include "app/training/gallery/sample_walks.hpp"
#include "domain/case_life.hpp"

namespace app::training::gallery {

using namespace session;
using domain::OfficeState;
using samples::Walker;

namespace {

domain::SubmissionStatus status_of(OfficeState state) {
    domain::SubmissionStatus status;
    status.delivery = domain::Delivery::received;
    status.local_number = "L3K790F261QX8M2B";
    status.case_number = "11000101MB00000010000000000001202611220001";
    status.item_name = "高龄津贴申领";
    status.centre_state = domain::word(state);
    status.since = "2026-11-24T10:05:00+08:00";
    return status;
}

domain::SubmissionStatus with(OfficeState state, const char* office, const char* due,
                              const char* note, const char* result = "") {
    domain::SubmissionStatus status = status_of(state);
    status.office = office;
    status.due = due;
    status.note = note;
    status.result = result;
    return status;
}

Walker answered(std::vector<domain::SubmissionStatus> cases) {
    Walker walker = Walker{}
                        .on(ProgressOpened{})
                        .on(ProgressByCodeChosen{})
                        .on(TextTyped{"receipt_code", base::SecretText("L3K790F261QX")})
                        .on(CodeSubmitted{});
    return walker.on(
        ProgressAnswered{walker.in<flows::AskingProgress>()->ticket, std::move(cases)});
}

}  // namespace

void case_life_pages(Collector& pages) {
    const auto add = [&](const char* name, domain::SubmissionStatus status) {
        pages.add(name, answered({std::move(status)}));
    };
    add("progress_office_received", status_of(OfficeState::received));
    add("progress_accepted", with(OfficeState::accepted, "示例县民政局", "2026-12-08", ""));
    add("progress_correction", with(OfficeState::correction, "", "2026-12-01",
                                    "请补：1. 银行卡照片看不清，请重拍；2. 缺户口簿本人页。"));
    add("progress_refused",
        with(OfficeState::refused, "示例县医疗保障局窗口", "", "这一项由医疗保障局办理。"));
    add("progress_in_review", with(OfficeState::in_review, "示例县民政局养老科", "2026-12-08", ""));
    add("progress_special",
        with(OfficeState::special, "示例县民政局养老科", "", "正在公示，公示七天。"));
    add("progress_decided_yes",
        with(OfficeState::decided, "示例县民政局", "2026-12-08", "", "YES"));
    add("progress_decided_no",
        with(OfficeState::decided, "示例县民政局", "2026-12-08", "年龄还差两个月。", "NO"));
    add("progress_finished", with(OfficeState::finished, "示例县民政局", "", "", "YES"));
    add("progress_delivered", with(OfficeState::delivered, "示例县民政局", "", "", "YES"));
    add("progress_withdrawn", status_of(OfficeState::withdrawn));
    add("progress_lapsed", status_of(OfficeState::lapsed));
    const Walker several =
        answered({with(OfficeState::accepted, "示例县民政局", "2026-12-08", ""),
                  with(OfficeState::in_review, "示例县人社局", "2026-12-15", "")});
    pages.add("progress_office_several", several);
    pages.add("progress_office_other", Walker{several}.on(ProgressCaseOpened{1}));
}

}  // namespace app::training::gallery
