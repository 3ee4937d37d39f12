#include "provisioning/set_up/screen_record.hpp"

#include "base/bytes.hpp"
#include "documents/documents.hpp"
#include "offline/formats/record.hpp"
#include "offline/post/service_line.hpp"
#include "provisioning/diagnostics/inspection.hpp"
#include "provisioning/set_up/script.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace provisioning::set_up {

namespace {

using base::FaultCode;
using diagnostics::Findings;
using offline::papers::ServiceContent;
using offline::papers::ServiceKind;
using offline::post::SignedRecord;
using technician::could_not;
using technician::went_well;

bool is_there(const std::string& path) {
    std::error_code problem;
    return std::filesystem::exists(path, problem);
}

base::Status remove(const std::string& path) {
    if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
    return base::fail(FaultCode::FileUnwritable, path);
}

base::Result<ServiceContent> waiting_in(const std::string& path) {
    std::error_code problem;
    const auto size = std::filesystem::file_size(path, problem);
    if (problem) return base::fail(FaultCode::FileUnreadable, path);
    if (size > offline::papers::service_record_bytes_max)
        return base::fail(FaultCode::BytesMalformed, "size");
    const auto bytes = TRY(base::read_file(path));
    const auto record = TRY(offline::formats::record_from_json(bytes));
    return offline::papers::service_content(record);
}

base::Result<SignedRecord> sign(const std::string& post_line, const ServiceContent& content) {
    const auto line = TRY(offline::courier::CallClient::connect(post_line));
    return offline::post::have_it_signed(*line, content);
}

// The signed one first: what is lost after it is asked for again, and is then one record more.
base::Status write_papers(const Records& records, const SignedRecord& record,
                          const Findings& findings) {
    TRY_STATUS(records.write_paper("record.json", base::as_text(record.file)));
    const auto pdf = TRY(documents::render_report(
        diagnostics::report_of(findings, diagnostics::short_name(record))));
    return records.write_paper("record.pdf", base::as_text(*pdf.bytes));
}

}  // namespace

base::Result<std::optional<DueRecord>> due_record(const Records& records) {
    std::optional<DueRecord> none;
    if (!is_there(records.record_path(Records::record_wanted))) return none;
    const auto progress = TRY(records.look());
    if (!progress.finished) return none;
    return std::optional(
        DueRecord{progress.was_recorded ? ServiceKind::swap : ServiceKind::commissioning,
                  progress.decided.empty() ? std::string{} : progress.decided.back().by});
}

base::Status lay_out(const Records& records, const Findings& findings) {
    const auto paper =
        offline::formats::to_json(offline::papers::as_record(diagnostics::content_of(findings)));
    TRY_STATUS(records.write_paper(Records::record_unsigned, base::as_text(paper)));
    return remove(records.record_path(Records::record_wanted));
}

int sign_what_waits(const config::Config& config, const std::string& post_line,
                    const base::Clock& clock, const technician::Say& say,
                    const technician::Say& complain) {
    const Records records(config.terminal.state_folder, config.terminal.id);
    const auto path = records.record_path(Records::record_unsigned);
    if (!is_there(path)) {
        say("没有等着签名的验收记录");
        return went_well;
    }
    const auto failed = [&](const base::Fault& fault) {
        complain(fmt::format("验收记录没有签名：{}（{}）", base::entry(fault.code).technician_zh,
                             fault.safe_detail));
        return could_not;
    };
    const auto content = waiting_in(path);
    if (!content) return failed(content.error());
    const auto findings =
        diagnostics::findings_of(*content, config.terminal.id, config.terminal.realm);
    if (!findings) return failed(findings.error());
    const auto record = sign(post_line, *content);
    if (!record) return failed(record.error());
    say("已签名存档：" + diagnostics::short_name(*record) + "连上中心后自动上传");
    if (const auto written = write_papers(records, *record, *findings); !written)
        return failed(written.error());
    if (const auto marked = mark_recorded(records, clock); !marked) return failed(marked.error());
    if (const auto removed = remove(path); !removed) return failed(removed.error());
    return went_well;
}

}  // namespace provisioning::set_up
