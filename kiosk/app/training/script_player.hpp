// Plays one-line verbs on the running app, through the same window, touches and devices a person
// uses: tap, type, pinyin, sign, wait, expect, shot, tree, clock, stats, and every verb of the
// emulated devices. tests/README.md lists them. Main thread, as the loop's companion.
#pragma once

#include "app/kiosk_loop.hpp"
#include "app/training/control_socket.hpp"
#include "app/training/touch_clock.hpp"
#include "ui/training_panel/training_panel.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace app::training {

struct Stage {
    Kiosk& kiosk;
    ui::shell::Interface& interface;
    base::ManualClock* clock = nullptr;  // null: the real clock runs and cannot be moved
    TouchClock& touch_clock;
    std::function<base::Result<std::string>(std::string_view)> device_command;
    // Real steady milliseconds at which the newest card reply was complete; 0 = none yet.
    std::function<std::int64_t()> card_reply_at;
    base::Millis process_started{};
    ui::speech::SpeechLog& speech_log;
    // How long a script waits in real time for what it expects.
    base::Millis wait_limit{15000};
};

class ScriptPlayer final : public Companion {
  public:
    // `socket` and `panel` may be null.
    ScriptPlayer(Stage stage, ControlSocket* socket, ui::training_panel::TrainingPanel* panel);

    bool work() override;
    void page_drawn(const std::string& name, base::Millis took) override;
    base::Millis patience() const override;
    ui::widgets::Drawer* drawer() override { return panel_; }

  private:
    // One verb under way: called each turn until it has a reply.
    using Pending = std::function<std::optional<Reply>()>;
    Pending begin(const std::string& line);

    Pending tap(const std::string& what);
    Pending tap_each(std::vector<std::string> ids);
    // script_typing.cpp: pinyin, nine_key, strokes and write; empty when the verb is another one.
    Pending compose(const std::string& verb, const std::string& rest);
    Pending write(const std::string& hanzi, const std::string& strokes);
    Pending choose(const std::string& hanzi);
    static Pending in_turn(std::vector<Pending> parts);
    Pending sign();
    Pending sweep();
    Pending line_across();
    Pending crosses();
    Pending corner();
    // Lines of points that `place` puts on the pad with that role.
    using StrokePoints = std::vector<std::vector<ui::theme::Point>>;
    Pending trace(
        ui::widgets::Role role, StrokePoints strokes,
        std::function<ui::theme::Point(const ui::widgets::Node&, ui::theme::Point)> place);
    Pending wait_until(std::function<bool()> holds, std::string wanted);
    Pending key(const std::string& name);
    Reply heard();
    Pending done(Reply reply) const;
    Pending error(std::string text) const;
    Reply expect(const std::string& rest);
    Reply stats() const;
    Reply tree() const;
    std::chrono::steady_clock::time_point deadline() const {
        return std::chrono::steady_clock::now() + stage_.wait_limit;
    }
    bool shows(const std::string& text) const;
    std::string page() const { return stage_.interface.tree().screen_name(); }

    Stage stage_;
    ControlSocket* socket_;
    ui::training_panel::TrainingPanel* panel_;
    Pending pending_;
    bool quit_ = false;

    std::vector<std::int64_t> page_change_ms_;
    std::int64_t first_frame_ms_ = -1;
    std::int64_t card_reply_to_name_ms_ = -1;
    std::int64_t confirm_to_receipt_ms_ = -1;
    base::Millis sealing_began_{-1};
};

}  // namespace app::training
