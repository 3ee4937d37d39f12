#include "provisioning/diagnostics/inspection.hpp"

#include "provisioning/diagnostics/care_check.hpp"
#include "provisioning/diagnostics/post_checks.hpp"
#include "provisioning/diagnostics/update_checks.hpp"

#include <fmt/format.h>

namespace provisioning::diagnostics {

namespace {

using offline::post::SignedRecord;
using technician::could_not;
using technician::Say;
using technician::went_well;
using technician::went_wrong;

// The post tries the centre at once; a line that is there answers within this.
constexpr base::Millis post_limit{5000};

void append(std::vector<Check>& to, std::vector<Check> more) {
    for (auto& check : more) to.push_back(std::move(check));
}

base::Result<SignedRecord> sign(const InspectedTerminal& terminal, const Findings& findings) {
    const auto line = TRY(offline::courier::CallClient::connect(terminal.post_line));
    return offline::post::have_it_signed(*line, content_of(findings));
}

bool write(const std::string& path, base::ByteView bytes, const Say& complain) {
    constexpr unsigned for_everybody = 0644;  // nothing of a person is in it
    if (const auto done = base::write_file(path, bytes, for_everybody); !done) {
        complain(fmt::format("{}（{}）", base::entry(done.error().code).technician_zh, path));
        return false;
    }
    return true;
}

}  // namespace

std::string short_name(const SignedRecord& record) {
    return fmt::format("第 {} 号记录，{}…", record.number,
                       base::to_hex(base::ByteView(record.digest).first(8)));
}

Findings look_around(technician::Bench& bench, const InspectedTerminal& terminal,
                     const Inspection& inspection) {
    Findings out;
    out.kind = inspection.kind;
    out.at = bench.clock.now();
    out.terminal = terminal.id;
    out.realm = terminal.realm;
    out.technician = inspection.technician;
    out.software = terminal.software;
    out.machine = read_machine(terminal.state_folder, bench.clock);
    append(out.checks, machine_checks(out.machine));
    out.checks.push_back(care_check(terminal.state_folder, bench.clock.now()));
    append(out.checks, post_checks(ask_post(terminal.post_socket, terminal.realm, post_limit,
                                            bench.clock, bench.stop),
                                   bench.clock.now()));
    out.checks.push_back(drill_check(terminal.state_folder, bench.clock.now()));
    out.checks.push_back(update_check(
        {terminal.state_folder, terminal.feeds_folder, terminal.updates_folder, terminal.software},
        bench.clock.now()));
    if (inspection.devices) {
        const auto devices = technician::look_at_devices(bench);
        out.devices = device_lines(devices);
        append(out.checks, device_checks(devices, bench.clock.now()));
    } else {
        out.checks.push_back(devices_left_alone(bench.clock.now()));
    }
    append(out.checks, inspection.before);
    if (inspection.guided) append(out.checks, guided_tests(bench, inspection.ask, inspection.only));
    return out;
}

int inspect(technician::Bench& bench, const InspectedTerminal& terminal,
            const Inspection& inspection, const Say& complain) {
    const Findings findings = look_around(bench, terminal, inspection);
    for (const auto& check : worst_first(findings.checks)) bench.say(in_one_line(check));
    bench.say("结论：" + conclusion(findings.checks));

    // A report that nobody keeps needs no signature; a commissioning record is nothing without.
    std::optional<SignedRecord> record;
    bool written = true;
    if (inspection.kind != offline::papers::ServiceKind::inspection || !inspection.json.empty() ||
        !inspection.pdf.empty()) {
        auto got = sign(terminal, findings);
        if (got) {
            record = std::move(*got);
            bench.say("已签名存档：" + short_name(*record) + "连上中心后自动上传");
        } else {
            complain(fmt::format("没有签名：{}（{}）", base::entry(got.error().code).technician_zh,
                                 got.error().safe_detail));
            written = inspection.kind == offline::papers::ServiceKind::inspection;
        }
    }
    if (!inspection.words.empty()) {
        std::string words;
        for (const auto& check : findings.checks)
            words += fmt::format("{} {}\n", check.name, name(check.verdict));
        written = write(inspection.words, base::to_bytes(words), complain) && written;
    }
    if (!inspection.json.empty())
        written =
            write(inspection.json,
                  record
                      ? record->file
                      : offline::formats::to_json(offline::papers::as_record(content_of(findings))),
                  complain) &&
            written;
    if (!inspection.pdf.empty()) {
        const auto pdf = documents::render_report(
            report_of(findings, record ? std::optional(short_name(*record)) : std::nullopt));
        if (!pdf) complain(std::string(base::entry(pdf.error().code).technician_zh));
        written = pdf && write(inspection.pdf, *pdf->bytes, complain) && written;
    }
    return !written ? could_not : is_ready(findings.checks) ? went_well : went_wrong;
}

}  // namespace provisioning::diagnostics
