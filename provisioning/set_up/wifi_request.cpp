#include "provisioning/set_up/wifi_request.hpp"

#include "base/bytes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <optional>

namespace provisioning::set_up {

namespace {

using base::FaultCode;

constexpr std::string_view first_line = "citizen-window wifi 1\n";

auto malformed() {
    return base::fail(FaultCode::BytesMalformed, "wifi request");
}

// The line without its end, which is taken off the text; none: there is no whole one.
std::optional<std::string_view> take_line(std::string_view& text) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

// Several accounts may write in the folder: what lies there under the new name is not followed.
base::Status write_anew(const std::string& path, std::string_view text) {
    const auto fresh = path + ".new";
    ::unlink(fresh.c_str());
    const int file =
        ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
    if (file < 0)
        return base::fail(errno == ENOSPC ? FaultCode::DiskFull : FaultCode::FileUnwritable, path);
    // So few bytes are written at once or not at all.
    const bool written =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fchmod(file, 0640) == 0;
    const auto why = errno;
    ::close(file);
    if (written && ::rename(fresh.c_str(), path.c_str()) == 0) return {};
    ::unlink(fresh.c_str());
    return base::fail(why == ENOSPC ? FaultCode::DiskFull : FaultCode::FileUnwritable, path);
}

}  // namespace

std::string request_path(const std::string& state_folder) {
    return state_folder + "/set_up/network";
}
std::string outcome_path(const std::string& state_folder) {
    return state_folder + "/set_up/network_said";
}

std::string as_request(const WifiRequest& request) {
    std::string out;
    out.reserve(request_bytes_max);  // nothing of it is left behind by growing
    out += first_line;
    out += request.name;
    out += '\n';
    out += *request.passphrase;
    out += '\n';
    return out;
}

base::Result<WifiRequest> request_from(std::string_view text) {
    if (text.size() > request_bytes_max || !text.starts_with(first_line)) return malformed();
    text.remove_prefix(first_line.size());
    const auto name = take_line(text);
    const auto passphrase = take_line(text);
    if (!name || !passphrase || !text.empty() || !domain::set_up::is_network_name(*name) ||
        !domain::set_up::is_passphrase(*passphrase))
        return malformed();
    return WifiRequest{std::string(*name), base::SecretText(std::string(*passphrase))};
}

base::Status put_request(const std::string& state_folder, const WifiRequest& request) {
    const auto folder = state_folder + "/set_up";
    ::mkdir(folder.c_str(), 0770);
    auto text = as_request(request);
    auto put = write_anew(request_path(state_folder), text);
    base::wipe(text);
    return put;
}

base::Result<WifiRequest> take_request(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    const auto missing = errno;
    ::unlink(path.c_str());
    if (file < 0) return base::fail(FaultCode::FileUnreadable, std::to_string(missing));
    std::array<char, request_bytes_max + 1> bytes{};
    const auto got = ::read(file, bytes.data(), bytes.size());
    ::close(file);
    auto request = got < 0 ? base::Result<WifiRequest>(malformed())
                           : request_from({bytes.data(), static_cast<std::size_t>(got)});
    base::wipe_memory(bytes.data(), bytes.size());
    return request;
}

base::Status put_outcome(const std::string& path, domain::set_up::JoinOutcome outcome) {
    return write_anew(path, std::string(domain::set_up::name(outcome)) + "\n");
}

}  // namespace provisioning::set_up
