#include "offline/courier/centre/commands.hpp"

#include <fmt/format.h>

namespace offline::courier {

base::Result<bool> import_from_stick(const std::string& stick_folder, IntakeDoor& door,
                                     const sealing::IntakeKeys& keys, StationOptions options,
                                     const base::Clock& clock, base::EventLog& log,
                                     const Say& say) {
    const auto medium = TRY(open_medium(stick_folder));
    const auto facts = TRY(medium->facts());
    TRY_STATUS(check_facts(facts, keys.realm()));
    const auto results =
        TRY(Station(door, *medium, store::real_disk(), keys, std::move(options), clock, log).run());
    if (results.empty()) say("U盘上没有数据包");
    bool all = true;
    for (const auto& result : results) {
        const auto name = result.bundle.substr(0, 8);
        if (result.status) {
            say(fmt::format("{}：{} 件，写回 {} 张回执", name, result.submissions,
                            result.receipts));
            continue;
        }
        all = false;
        const auto& fault = result.status.error();
        say(fmt::format("{}：未完成，{}（{} {}）", name, base::entry(fault.code).technician_zh,
                        base::name(fault.code), fault.safe_detail));
    }
    if (!results.empty()) say("可以拔出U盘，请把它带回终端导入回执");
    return all;
}

}  // namespace offline::courier
