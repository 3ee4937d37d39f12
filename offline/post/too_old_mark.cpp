#include "offline/post/too_old_mark.hpp"

namespace offline::post {

void TooOldMark::follow(bool too_old, base::Instant now) {
    if (said_ == too_old) return;
    said_ = too_old;
    if (!too_old) {
        if (disk_->exists(path_)) [[maybe_unused]]
            const auto ignored = disk_->remove(path_);
        return;
    }
    if (disk_->exists(path_)) return;  // since before this start
    if (store::replace_file(*disk_, path_, base::to_bytes(base::iso8601_local(now))))
        store::make_readable(path_);
}

}  // namespace offline::post
