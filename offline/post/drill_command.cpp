#include "offline/post/drill_command.hpp"

#include "offline/post/post_exit.hpp"

#include <poll.h>

namespace offline::post {

int run_drill(bool checks, DrillSettings settings, const sealing::KeySet& keys,
              const base::Clock& clock, const Descriptor& stop, const DrillSay& say) {
    if (const auto boot = base::read_file("/proc/sys/kernel/random/boot_id"))
        settings.boot = std::string(base::as_text(*boot).substr(0, 36));
    if (checks) {
        const auto result = check_drill(settings, clock, say);
        if (!result) return refused(result.error());
        return result->lost > 0 || !result->opened ? outbox_damaged
               : result->passed()                  ? in_order
                                                   : cannot_run;
    }
    const auto count = begin_drill(
        settings, keys, clock,
        [&stop](base::Millis limit) {
            pollfd asked{stop.get(), POLLIN, 0};
            return ::poll(&asked, 1, static_cast<int>(limit.count())) > 0;
        },
        say);
    return count ? in_order : refused(count.error());
}

}  // namespace offline::post
