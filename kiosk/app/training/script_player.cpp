#include "app/training/script_player.hpp"

#include "base/secret.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace app::training {

namespace {

using namespace std::chrono_literals;
using ui::widgets::Node;

bool over(std::chrono::steady_clock::time_point when) {
    return std::chrono::steady_clock::now() >= when;
}

base::Millis real_now() {
    return std::chrono::duration_cast<base::Millis>(
        std::chrono::steady_clock::now().time_since_epoch());
}

std::pair<std::string, std::string> first_word(const std::string& line) {
    const auto begin = line.find_first_not_of(' ');
    if (begin == std::string::npos) return {};
    const auto end = line.find(' ', begin);
    if (end == std::string::npos) return {line.substr(begin), {}};
    const auto rest = line.find_first_not_of(' ', end);
    return {line.substr(begin, end - begin),
            rest == std::string::npos ? std::string{} : line.substr(rest)};
}

}  // namespace

ScriptPlayer::ScriptPlayer(Stage stage, ControlSocket* socket,
                           ui::training_panel::TrainingPanel* panel)
    : stage_(std::move(stage)), socket_(socket), panel_(panel) {}

base::Millis ScriptPlayer::patience() const {
    return pending_ ? 10ms : 24h;
}

void ScriptPlayer::page_drawn(const std::string& name, base::Millis took) {
    if (first_frame_ms_ < 0)
        first_frame_ms_ = (real_now() - stage_.process_started).count();
    else
        page_change_ms_.push_back(took.count());
    if (name == "confirm_identity" && stage_.card_reply_at() > 0)
        card_reply_to_name_ms_ = real_now().count() - stage_.card_reply_at();
    if (name == "handing_in") sealing_began_ = real_now() - took;
    if (name == "receipt" && sealing_began_ >= 0ms) {
        confirm_to_receipt_ms_ = (real_now() - sealing_began_).count();
        sealing_began_ = -1ms;
    }
}

bool ScriptPlayer::work() {
    if (panel_ != nullptr)
        if (const auto command = panel_->take_command()) [[maybe_unused]]
            const auto answer = stage_.device_command(*command);
    if (!pending_ && socket_ != nullptr)
        if (const auto line = socket_->take_line()) pending_ = begin(*line);
    if (!pending_) return !quit_;
    if (const auto reply = pending_()) {
        socket_->answer(*reply);
        pending_ = nullptr;
    }
    return !quit_;
}

ScriptPlayer::Pending ScriptPlayer::done(Reply reply) const {
    return [reply = std::move(reply)] { return std::optional(reply); };
}
ScriptPlayer::Pending ScriptPlayer::error(std::string text) const {
    return done({{}, std::move(text)});
}

ScriptPlayer::Pending ScriptPlayer::begin(const std::string& line) {
    const auto [verb, rest] = first_word(line);
    if (verb == "tap") return tap(rest);
    if (verb == "type") {
        std::vector<std::string> keys;
        for (const char c : rest) keys.push_back(std::string("key.") + c);
        return tap_each(std::move(keys));
    }
    if (auto typing = compose(verb, rest)) return typing;
    if (verb == "sign") return sign();
    if (verb == "sweep") return sweep();
    if (verb == "line") return line_across();
    if (verb == "crosses") return crosses();
    if (verb == "panel") {
        const auto says = domain::touch_matrix_from(rest);
        if (!says) return error("panel A B C D E F: what it says of a finger, as six numbers");
        stage_.interface.play_panel(*says);
        return done({});
    }
    if (verb == "corner") return corner();
    if (verb == "wait") {
        const auto [kind, what] = first_word(rest);
        if (kind == "page")
            return wait_until([this, what = what] { return page() == what; }, "page " + what);
        if (kind == "text")
            return wait_until([this, what = what] { return shows(what); }, "text " + what);
        if (kind == "no" && what.starts_with("text "))
            return wait_until([this, text = what.substr(5)] { return !shows(text); }, "no " + what);
        return error("wait page NAME | wait text TEXT | wait no text TEXT");
    }
    if (verb == "key") return key(rest);
    if (verb == "heard") return done(heard());
    if (verb == "expect") return done(expect(rest));
    if (verb == "shot") {
        const auto saved = stage_.interface.screenshot(rest);
        return saved ? done({}) : error("the picture could not be written: " + rest);
    }
    if (verb == "tree") return done(tree());
    if (verb == "stats") return done(stats());
    if (verb == "clock") {
        const auto [direction, amount] = first_word(rest);
        const auto [number, unit] = first_word(amount);
        long count = 0;
        std::from_chars(number.data(), number.data() + number.size(), count);
        if (stage_.clock == nullptr || direction != "forward" || count <= 0)
            return error("clock forward N s|min (only with --clock)");
        stage_.clock->forward(unit == "min" ? std::chrono::minutes{count}
                                            : base::Millis{count * 1000});
        stage_.kiosk.tick();
        return done({});
    }
    if (verb == "quit") {
        quit_ = true;
        return done({});
    }
    // A hand at the keys under the screen comes as late after a page's change as a finger does.
    if (verb == "keypad") stage_.touch_clock.forward(hand_comes);
    const auto answer = stage_.device_command(line);
    if (answer) return done({{*answer}, {}});
    std::string reason = answer.error().safe_detail;
    std::replace(reason.begin(), reason.end(), '\n', ';');
    return error(std::move(reason));
}

// The technician's way in, as a finger does it (ui/shell/service_corner.hpp).
ScriptPlayer::Pending ScriptPlayer::corner() {
    constexpr float inside = 20;  // px from both edges
    return [this, left = 5, until = deadline()]() mutable -> std::optional<Reply> {
        if (left > 0) {
            stage_.touch_clock.forward(300ms);
            stage_.interface.press(inside, inside);
            stage_.touch_clock.forward(left == 1 ? 1200ms : 100ms);
            stage_.interface.release();
            --left;
            return std::nullopt;
        }
        if (stage_.interface.needs_another_frame() && !over(until)) return std::nullopt;
        return Reply{};
    };
}

// Looks again each turn until the control is there; then presses and releases in the middle of it.
ScriptPlayer::Pending ScriptPlayer::tap(const std::string& what) {
    return tap_each({what});
}

ScriptPlayer::Pending ScriptPlayer::tap_each(std::vector<std::string> ids) {
    return [this, ids = std::move(ids), next = std::size_t{0},
            until = std::optional<std::chrono::steady_clock::time_point>{},
            settle = false]() mutable -> std::optional<Reply> {
        if (!until) until = deadline();  // from when it is this verb's turn
        if (settle) {                    // the frame that saw the release has been drawn
            settle = false;
            if (next == ids.size()) return Reply{};
            return std::nullopt;
        }
        const Node* node = stage_.interface.tree().find(ids.at(next));
        if (node == nullptr || !node->interactive() || !node->enabled) {
            if (over(*until))
                return Reply{{}, "nothing to tap: " + ids.at(next) + " on page " + page()};
            return std::nullopt;
        }
        // Beyond every guard against double presses and ghost touches.
        stage_.touch_clock.forward(hand_comes);
        const float x = node->hit.x + node->hit.w / 2, y = node->hit.y + node->hit.h / 2;
        stage_.interface.press(x, y);
        stage_.interface.release();
        ++next;
        until = deadline();
        settle = true;
        return std::nullopt;
    };
}

// One of the five keys; done when the frame that saw it was drawn and what it says was begun.
ScriptPlayer::Pending ScriptPlayer::key(const std::string& name) {
    using ui::screens::Key;
    static const std::map<std::string, Key> keys{{"next", Key::next},
                                                 {"previous", Key::previous},
                                                 {"select", Key::select},
                                                 {"repeat", Key::repeat},
                                                 {"help", Key::help}};
    const auto found = keys.find(name);
    if (found == keys.end()) return error("key next|previous|select|repeat|help");
    stage_.touch_clock.forward(hand_comes);
    stage_.interface.key(found->second);
    return [this, until = deadline(), turns = 0]() mutable -> std::optional<Reply> {
        // The frame that takes the key, and the one that shows what it did.
        if (++turns > 2 && !stage_.interface.needs_another_frame()) return Reply{};
        if (turns > 4) return Reply{};
        if (over(until)) return Reply{{}, "the key was not taken"};
        return std::nullopt;
    };
}

Reply ScriptPlayer::heard() {
    Reply reply;
    for (auto& line : stage_.speech_log.take()) {
        const bool private_ear = line.channel == ui::speech::Channel::headphones;
        reply.data.push_back((private_ear ? "headphones: " : "loudspeaker: ") +
                             (line.text.empty() ? "(chime)" : line.text));
        base::wipe(line.text);
    }
    return reply;
}

ScriptPlayer::Pending ScriptPlayer::wait_until(std::function<bool()> holds, std::string wanted) {
    return [this, holds = std::move(holds), wanted = std::move(wanted),
            until = deadline()]() -> std::optional<Reply> {
        if (holds()) return Reply{};
        if (over(until)) return Reply{{}, "waited for " + wanted + ", but the page is " + page()};
        return std::nullopt;
    };
}

bool ScriptPlayer::shows(const std::string& text) const {
    const auto& nodes = stage_.interface.tree().nodes();
    return std::any_of(nodes.begin(), nodes.end(), [&](const Node& node) {
        return node.text.find(text) != std::string::npos ||
               node.value.find(text) != std::string::npos;
    });
}

Reply ScriptPlayer::expect(const std::string& rest) {
    const auto [kind, what] = first_word(rest);
    if (kind == "page") return page() == what ? Reply{} : Reply{{}, "the page is " + page()};
    if (kind == "text")
        return shows(what) ? Reply{} : Reply{{}, "page " + page() + " does not show: " + what};
    if (kind == "no") {
        const auto [second, text] = first_word(what);
        if (second == "text")
            return shows(text) ? Reply{{}, "page " + page() + " shows: " + text} : Reply{};
    }
    return {{}, "expect page NAME | expect text TEXT | expect no text TEXT"};
}

Reply ScriptPlayer::tree() const {
    Reply reply;
    std::string text = stage_.interface.tree().as_text();
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        reply.data.push_back(text.substr(at, end - at));
        if (end == std::string::npos) break;
        at = end + 1;
    }
    return reply;
}

Reply ScriptPlayer::stats() const {
    const auto& post = stage_.kiosk.post_status();
    const nlohmann::json line{{"page", page()},
                              {"session", stage_.kiosk.session().id},
                              {"live_secrets", base::live_secrets()},
                              {"line", static_cast<int>(post.line)},
                              {"taking", post.taking ? 1 : 0},
                              {"revoked", post.revoked ? 1 : 0},
                              {"waiting", post.waiting},
                              {"sending", post.sending},
                              {"attention", post.attention},
                              {"unshown", post.unshown.size()},
                              {"pack", stage_.kiosk.pack_version()},
                              {"catalogue_outdated", stage_.kiosk.catalogue_outdated() ? 1 : 0},
                              {"first_frame_ms", first_frame_ms_},
                              {"page_change_ms", page_change_ms_},
                              {"card_reply_to_name_ms", card_reply_to_name_ms_},
                              {"confirm_to_receipt_ms", confirm_to_receipt_ms_}};
    return {{line.dump()}, {}};
}

}  // namespace app::training
