#include "provisioning/diagnostics/support_command.hpp"

#include "provisioning/diagnostics/clean_text.hpp"
#include "provisioning/diagnostics/plain_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>

namespace provisioning::diagnostics {

namespace {

namespace fs = std::filesystem;

// The units' events as they were logged, the newest 20 000; where there are none, one line why.
std::string journal(const std::string& program) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return "left out: no pipe\n";
    std::vector<std::string> words{program, "--no-pager",      "-q", "-o", "cat", "-n", "20000",
                                   "-u",    "citizen-window-*"};
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const bool runs =
        ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    std::string out;
    std::array<char, 65536> block{};
    for (;;) {
        const auto got = ::read(pipe[0], block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        out.append(block.data(), static_cast<std::size_t>(got));
    }
    ::close(pipe[0]);
    if (!runs) return "left out: journalctl could not be started\n";
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    // It says nothing about a journal that its account may not read but by its exit status.
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return out + fmt::format(
                         "left out: journalctl ended with {}: no right to read the journal "
                         "(group systemd-journal), or none is there\n",
                         WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return out.empty() ? "the journal has no event of citizen-window-*\n" : out;
}

void add_file(std::vector<BundlePart>& parts, const std::string& path, const std::string& name,
              Spare spare, const technician::Say& complain) {
    if (const auto bytes = base::read_file(path))
        parts.push_back({name, std::string(base::as_text(*bytes)), spare});
    else
        complain("读不了，没有放进去：" + path);
}

// Lines as a person reads them, what is wrong first.
std::string report_text(const Findings& findings) {
    std::string out = findings.terminal + "\n" + base::iso8601_local(findings.at) + "\n" +
                      findings.software + "\n" + findings.machine.system + "\n";
    for (const auto& check : worst_first(findings.checks)) out += in_one_line(check) + "\n";
    for (const auto& device : findings.devices) out += device + "\n";
    return out;
}

}  // namespace

int write_support_bundle(technician::Bench& bench, const InspectedTerminal& terminal,
                         const SupportRequest& request, const technician::Say& complain) {
    std::vector<BundlePart> parts;
    Inspection inspection;
    inspection.devices = request.devices;
    parts.push_back({"report.txt", report_text(look_around(bench, terminal, inspection))});
    add_file(parts, request.config, "kiosk.toml", Spare::nothing, complain);
    if (request.journal)
        parts.push_back({"events.log", journal(request.journalctl), Spare::oldest_lines});
    for (const auto& log : request.logs)
        add_file(parts, log, "log/" + clean_text(fs::path(log).filename().string()).text,
                 Spare::oldest_lines, complain);
    for (auto& record : plain_files_in(terminal.state_folder + "/service-records", ".json",
                                       offline::papers::service_record_bytes_max))
        parts.push_back({"service-records/" + record.name, std::move(record.text), Spare::whole});

    const auto made = make_bundle(parts, {}, request.bytes_max);
    if (!made) {
        complain(fmt::format("没有写出：{}（{}）", base::entry(made.error().code).technician_zh,
                             made.error().safe_detail));
        return technician::could_not;
    }
    if (const auto done = base::write_file(request.to, made->file, 0600); !done) {
        complain(fmt::format("{}（{}）", base::entry(done.error().code).technician_zh, request.to));
        return technician::could_not;
    }
    bench.say(made->manifest);
    if (made->left_out > 0)
        bench.say(fmt::format("最旧的 {} 字节没有放进去，清单里写明了是哪些", made->left_out));
    bench.say(
        fmt::format("已写出 {}，{} 字节；拿掉了 {} 处可能与人或密钥有关的内容，写好后又核对过一遍",
                    request.to, made->file.size(), made->removed));
    return technician::went_well;
}

}  // namespace provisioning::diagnostics
