// What takes long to load is loaded beside the frames; where the machine has no thread left for it,
// in their midst: one long frame is better than no keyboard. Main thread.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <system_error>
#include <thread>

namespace ui::ime {

// `load` runs once; what it refers to must outlive `beside`.
inline std::shared_future<bool> load_beside(std::jthread& beside,
                                            const std::function<bool()>& load) {
    const auto promise = std::make_shared<std::promise<bool>>();
    try {
        beside = std::jthread([promise, load] { promise->set_value(load()); });
    } catch (const std::system_error&) {
        promise->set_value(load());
    }
    return promise->get_future().share();
}

}  // namespace ui::ime
