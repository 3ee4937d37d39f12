#include "cupsd_bench.hpp"

#include "base/bytes.hpp"
#include "tests/tools/free_port.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <sstream>

namespace drivers::printer::testing {

namespace {

namespace fs = std::filesystem;

constexpr const char* cupsd_program = "/usr/sbin/cupsd";
constexpr const char* printer_program = "/usr/sbin/ippeveprinter";
constexpr const char* bus_program = "/usr/bin/dbus-daemon";

void write(const fs::path& path, const std::string& text, unsigned mode = 0644) {
    ASSERT_TRUE(base::write_file(path.string(), base::to_bytes(text), mode));
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
}

// Waits, bounded, for somebody to answer there; asks again as soon as it was refused.
bool answers(const sockaddr* at, socklen_t size) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < until) {
        const int fd = ::socket(at->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool open = ::connect(fd, at, size) == 0;
        ::close(fd);
        if (open) return true;
        ::poll(nullptr, 0, 20);  // until the next try
    }
    return false;
}

bool answers(int port) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    at.sin_port = htons(static_cast<std::uint16_t>(port));
    return answers(reinterpret_cast<sockaddr*>(&at), sizeof at);
}

bool answers(const fs::path& socket) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    socket.string().copy(at.sun_path, sizeof at.sun_path - 1);
    return answers(reinterpret_cast<sockaddr*>(&at), sizeof at);
}

std::vector<pid_t> children_of(pid_t parent) {
    std::vector<pid_t> out;
    const auto id = std::to_string(parent);
    const auto read = base::read_file("/proc/" + id + "/task/" + id + "/children");
    if (!read) return out;
    std::istringstream words{std::string(base::as_text(*read))};
    for (pid_t child = 0; words >> child;) out.push_back(child);
    return out;
}

void end(pid_t& process, int signal) {
    if (process <= 0) return;
    ::kill(process, signal);
    ::waitpid(process, nullptr, 0);
    process = -1;
}

// The shipped settings, listening where the test wants it.
std::string private_settings(int port) {
    const auto shipped = base::read_file("provisioning/cups/cupsd.conf");
    EXPECT_TRUE(shipped);
    std::istringstream lines{shipped ? std::string(base::as_text(*shipped)) : std::string{}};
    std::string out, line;
    while (std::getline(lines, line))
        if (!line.starts_with("Listen ") && !line.starts_with("LogLevel ")) out += line + "\n";
    return out + "LogLevel debug\nListen 127.0.0.1:" + std::to_string(port) + "\n";
}

}  // namespace

std::string CupsdBench::missing() {
    for (const auto* program : {cupsd_program, printer_program, bus_program})
        if (::access(program, X_OK) != 0) return program;
    return ::geteuid() == 0 ? "" : "root, as whom cupsd runs its back ends";
}

CupsdBench::CupsdBench() {
    std::string name = (fs::temp_directory_path() / "cupsd-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    EXPECT_EQ(::chmod(folder_.c_str(), 0755), 0);  // back ends run as another user
    for (const auto* part : {"root", "spool", "spool/tmp", "cache", "state", "jobs"})
        fs::create_directories(folder_ / part);
    port_ = tools::free_port();
    printer_port_ = tools::free_port();
    const auto at = folder_.string();
    write(folder_ / "cupsd.conf", private_settings(port_) + "Listen " + socket() + "\n");
    write(folder_ / "cups-files.conf", "ServerRoot " + at + "/root\nRequestRoot " + at +
                                           "/spool\nCacheDir " + at + "/cache\nStateDir " + at +
                                           "/state\nTempDir " + at + "/spool/tmp\nAccessLog " + at +
                                           "/access\nErrorLog " + at + "/error\nPageLog " + at +
                                           "/page\nFatalErrors none\nSystemGroup root\n");
    write(folder_ / "root" / "printers.conf",
          "<Printer paper>\nDeviceURI ipp://127.0.0.1:" + std::to_string(printer_port_) +
              "/ipp/print\nState Idle\nAccepting Yes\nErrorPolicy abort-job\nOpPolicy default\n"
              "</Printer>\n",
          0600);
    write(folder_ / "printer.sh",
          "#!/bin/bash\ncd '" + at + "'\necho begun >>begun\nside=0\n" +
              "while read -r word rest <&3; do\n"
              "  case $word in\n"
              "    side) side=$((side + 1)); echo side >>sides\n"
              "          echo \"ATTR: job-impressions-completed=$side\" >&2 ;;\n"
              "    state) echo \"STATE: $rest\" >&2 ;;\n"
              "    fail) exit 1 ;;\n"
              "    end) exit 0 ;;\n"
              "  esac\n"
              "done 3<gate\n",
          0755);
    EXPECT_EQ(::mkfifo((folder_ / "gate").c_str(), 0600), 0);
    gate_ = ::open((folder_ / "gate").c_str(), O_RDWR | O_CLOEXEC);
    EXPECT_GE(gate_, 0);

    // ippeveprinter wants a system bus, if only to find nobody on it.
    bus_ =
        start({bus_program, "--session", "--nofork", "--address=unix:path=" + at + "/bus"}, "bus");
    EXPECT_EQ(::setenv("DBUS_SYSTEM_BUS_ADDRESS", ("unix:path=" + at + "/bus").c_str(), 1), 0);
    EXPECT_TRUE(answers(folder_ / "bus"));
    printer_ = start({printer_program, "-p", std::to_string(printer_port_), "-r", "off", "-d",
                      at + "/jobs", "-c", at + "/printer.sh", "-f", "application/pdf", "paper"},
                     "printer");
    EXPECT_TRUE(answers(printer_port_));
    start_cupsd();
}

CupsdBench::~CupsdBench() {
    stop_cupsd(false);
    if (::testing::Test::HasFailure()) show_logs();
    for (const auto child : children_of(printer_)) ::kill(child, SIGKILL);
    end(printer_, SIGKILL);
    end(bus_, SIGTERM);
    ::close(gate_);
    if (small_disk_) ::umount2((folder_ / "spool").c_str(), MNT_DETACH);
    std::error_code error;
    fs::remove_all(folder_, error);
}

void CupsdBench::show_logs() const {
    for (const auto* log : {"bus.log", "printer.log", "cupsd.log", "error"})
        if (const auto read = base::read_file((folder_ / log).string()))
            ADD_FAILURE() << "--- " << log << "\n" << base::as_text(*read);
}

std::string CupsdBench::uri() const {
    return "ipp://127.0.0.1:" + std::to_string(port_) + "/printers/paper";
}

pid_t CupsdBench::start(const std::vector<std::string>& words, const std::string& log) {
    const auto path = (folder_ / (log + ".log")).string();
    std::vector<char*> raw;
    for (const auto& word : words) raw.push_back(const_cast<char*>(word.c_str()));
    raw.push_back(nullptr);
    const pid_t process = ::fork();
    if (process == 0) {
        const int out = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
        ::dup2(out, 1);
        ::dup2(out, 2);
        ::execv(raw[0], raw.data());
        ::_exit(127);
    }
    return process;
}

void CupsdBench::start_cupsd() {
    cupsd_ =
        start({cupsd_program, "-f", "-c", settings(), "-s", (folder_ / "cups-files.conf").string()},
              "cupsd");
    EXPECT_TRUE(answers(port_));
}

void CupsdBench::stop_cupsd(bool in_order) {
    if (cupsd_ <= 0) return;
    const auto children = children_of(cupsd_);
    end(cupsd_, in_order ? SIGTERM : SIGKILL);
    for (const auto child : children) ::kill(child, SIGKILL);
}

void CupsdBench::tell_printer(const std::string& line) {
    const auto whole = line + "\n";
    ASSERT_EQ(::write(gate_, whole.data(), whole.size()), static_cast<ssize_t>(whole.size()));
}

int CupsdBench::lines(const char* file) const {
    const auto read = base::read_file((folder_ / file).string());
    return read ? static_cast<int>(std::ranges::count(*read, '\n')) : 0;
}
int CupsdBench::begun() const {
    return lines("begun");
}
int CupsdBench::sides() const {
    return lines("sides");
}

bool CupsdBench::fill_spool() {
    const auto spool = folder_ / "spool";
    struct ::stat was {};
    EXPECT_EQ(::stat(spool.c_str(), &was), 0);
    if (::mount("none", spool.c_str(), "tmpfs", 0, "size=1m") != 0) return false;
    small_disk_ = true;
    // As cupsd had made it: its back ends are of its group.
    fs::create_directory(spool / "tmp");
    for (const auto& [path, mode] :
         {std::pair{spool, was.st_mode & 07777U}, std::pair{spool / "tmp", mode_t{01770}}}) {
        EXPECT_EQ(::chown(path.c_str(), was.st_uid, was.st_gid), 0);
        EXPECT_EQ(::chmod(path.c_str(), mode), 0);
    }
    const int filling =
        ::open((spool / "tmp/filling").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const std::string block(4096, '.');
    while (::write(filling, block.data(), block.size()) > 0) {
    }
    EXPECT_EQ(errno, ENOSPC);
    ::close(filling);
    return true;
}
void CupsdBench::free_spool() {
    EXPECT_TRUE(fs::remove(folder_ / "spool/tmp/filling"));
}

std::vector<std::string> CupsdBench::spooled() const {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(folder_ / "spool"))
        if (entry.is_regular_file()) out.push_back(entry.path().filename().string());
    return out;
}

}  // namespace drivers::printer::testing
