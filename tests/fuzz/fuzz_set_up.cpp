// What the set-up reads: its progress and settings (with the checksum put right, so that what is
// behind it is reached), a script's answers, and a wish for a wireless network.
#include "base/bytes.hpp"
#include "provisioning/config/set_up_settings.hpp"
#include "provisioning/set_up/answers_file.hpp"
#include "provisioning/set_up/records.hpp"
#include "provisioning/set_up/wifi_request.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace config = provisioning::config;
    namespace set_up = provisioning::set_up;
    const std::string text(base::as_text({data, size}));
    const std::string terminal = "000101001001001";
    [[maybe_unused]] const auto raw = set_up::progress_from(text, terminal);
    if (const auto progress =
            set_up::progress_from(config::with_checksum("set-up-progress", text), terminal)) {
        // What was read is written and read again as the same.
        const auto again = set_up::progress_from(set_up::as_file(*progress), terminal);
        if (!again || !(*again == *progress)) std::abort();
    }
    constexpr auto package = "provisioning/config/kiosk.example.toml";
    [[maybe_unused]] const auto settings =
        config::read_config_with_settings(package, config::with_checksum("set-up-settings", text));
    const auto read = set_up::read_answers(text, [](const auto& made) {
        return config::read_config_with_settings(package, config::as_settings_file(made, false));
    });
    if (const auto wish = set_up::request_from(text); wish && set_up::as_request(*wish) != text)
        std::abort();
    // Good answers can be kept.
    if (read.faults.empty() && read.answers.size() != domain::set_up::decision_count) std::abort();
    return 0;
}
