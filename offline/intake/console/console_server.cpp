#include "offline/intake/console/console_server.hpp"

#include "offline/feeds/staged.hpp"
#include "offline/intake/console/addresses.hpp"
#include "offline/intake/console/case_pages.hpp"
#include "offline/intake/console/form_words.hpp"
#include "offline/intake/console/pages.hpp"
#include "offline/intake/console/voice_desk.hpp"
#include "offline/intake/console/web_answers.hpp"
#include "offline/intake/invite_commands.hpp"
#include "offline/papers/command.hpp"

#include <httplib.h>
#include <openssl/ssl.h>

#include <atomic>
#include <charconv>
#include <thread>

namespace offline::intake::console {

namespace {

using base::FaultCode;
using httplib::Request;
using httplib::Response;

constexpr std::size_t body_bytes_max = 8192;
constexpr std::size_t path_bytes_max = 256;
constexpr const char* session_cookie = "cw_console";
constexpr const char* login_cookie = "cw_console_login";

// httplib listens itself or not at all; a socket that listens already is put in its place.
template <class Base>
class Adopting final : public Base {
  public:
    using Base::Base;
    void adopt(int listening) { this->svr_sock_ = listening; }
};

std::unique_ptr<httplib::Server> server_with(const std::optional<IntakeTls>& tls) {
    if (!tls) return std::make_unique<Adopting<httplib::Server>>();
    return std::make_unique<Adopting<httplib::SSLServer>>([&tls](SSL_CTX& context) {
        return SSL_CTX_set_min_proto_version(&context, TLS1_3_VERSION) == 1 &&
               SSL_CTX_use_certificate_chain_file(&context, tls->certificate.c_str()) == 1 &&
               SSL_CTX_use_PrivateKey_file(&context, tls->key.c_str(), SSL_FILETYPE_PEM) == 1;
    });
}

std::string who_asks(const Request& request, const std::string& proxy) {
    std::vector<std::string> forwarded;
    const auto [begin, end] = request.headers.equal_range("X-Forwarded-For");
    for (auto at = begin; at != end; ++at) forwarded.push_back(at->second);
    return console::who_asks(request.remote_addr, forwarded, proxy);
}

}  // namespace

class ConsoleServer::Impl {
  public:
    Impl(ConsoleOptions options, std::shared_ptr<CaseStore> store, const base::Clock& clock,
         base::EventLog& log)
        : options_(std::move(options)),
          store_(std::move(store)),
          clock_(clock),
          accounts_(store_->fleet(), clock, log),
          voices_(options_.voices),
          cases_(*store_, options_.pack, clock, log),
          server_(server_with(options_.tls)),
          http_(*server_) {
        http_.set_payload_max_length(body_bytes_max);
        http_.new_task_queue = [] { return new httplib::ThreadPool(8); };
        http_.set_read_timeout(15);
        http_.set_keep_alive_timeout(5);
        http_.set_pre_routing_handler([](const Request& request, Response& response) {
            if (request.path.size() <= path_bytes_max)
                return httplib::Server::HandlerResponse::Unhandled;
            response.status = 414;
            return httplib::Server::HandlerResponse::Handled;
        });
        http_.set_post_routing_handler([](const Request&, Response& response) { guard(response); });
        route();
    }
    ~Impl() {
        http_.stop();
        if (listener_.joinable()) listener_.join();
    }

    base::Status listen() {
        if (!http_.is_valid()) return base::fail(FaultCode::KeyAbsent, "TLS files");
        http_.set_socket_options([](socket_t socket) {
            const int yes = 1;
            ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
        port_ = options_.port == 0 ? http_.bind_to_any_port(options_.host) : options_.port;
        if (port_ <= 0 || (options_.port != 0 && !http_.bind_to_port(options_.host, port_)))
            return base::fail(
                FaultCode::NetworkUnreachable,
                "cannot listen on " + options_.host + ":" + std::to_string(options_.port));
        start();
        return {};
    }
    base::Status adopt(int listening) {
        if (!http_.is_valid()) return base::fail(FaultCode::KeyAbsent, "TLS files");
        if (auto* plain = dynamic_cast<Adopting<httplib::Server>*>(server_.get()))
            plain->adopt(listening);
        if (auto* tls = dynamic_cast<Adopting<httplib::SSLServer>*>(server_.get()))
            tls->adopt(listening);
        start();
        return {};
    }
    void start() {
        listener_ = std::jthread([this] {
            http_.listen_after_bind();
            ended_ = true;
        });
        // stop() is heard only by a running server.
        while (!http_.is_running() && !ended_) std::this_thread::yield();
    }
    int port() const { return port_; }

  private:
    // On every answer, whatever it is.
    static void guard(Response& response) {
        response.set_header("Content-Security-Policy",
                            "default-src 'none'; style-src 'self'; form-action 'self'; "
                            "base-uri 'none'; frame-ancestors 'none'");
        response.set_header("X-Content-Type-Options", "nosniff");
        response.set_header("Referrer-Policy", "no-referrer");
        response.set_header("Cross-Origin-Opener-Policy", "same-origin");
        response.set_header("Cross-Origin-Resource-Policy", "same-origin");
        response.set_header("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        response.set_header("Cache-Control", "no-store");
    }

    static void give(Response& response, const Shown& shown) {
        if (!shown.go_to.empty()) return go_to(response, shown.go_to);
        show(response, shown.status, shown.page);
    }

    using Page = std::function<void(const Request&, Response&, const Visitor&)>;
    // For whoever is signed in; the others are led to the door.
    httplib::Server::Handler for_visitors(Page page) {
        return [this, page = std::move(page)](const Request& request, Response& response) {
            const auto who = accounts_.visitor(cookie_of(request, session_cookie));
            if (!who)
                return show(response, 503,
                            nothing_page(std::nullopt, "现在读不到数据，请稍后再试"));
            if (!*who) return go_to(response, "/console/login");
            page(request, response, **who);
        };
    }
    // For whoever may change something, with the token of the own session's form.
    httplib::Server::Handler for_doers(const char* act, Page page) {
        return for_visitors([this, act, page = std::move(page)](
                                const Request& request, Response& response, const Visitor& who) {
            if (!same_token(form_field(request.body, "csrf"), who.csrf))
                return show(response, 403, nothing_page(who, "这个表单已经失效，请重新打开"));
            if (!who.may_act()) {
                accounts_.acted(who, act, {}, "forbidden");
                return show(response, 403, nothing_page(who, "您的角色只能查看"));
            }
            page(request, response, who);
        });
    }

    void route() {
        http_.Get("/", [](const Request&, Response& response) { go_to(response, "/console"); });
        http_.Get("/console/style.css", [](const Request&, Response& response) {
            response.set_content(style_sheet, "text/css; charset=utf-8");
        });
        http_.Get("/console/login", [this](const Request&, Response& response) {
            door(response, 200, std::nullopt);
        });
        http_.Post("/console/login", [this](const Request& request, Response& response) {
            sign_in(request, response);
        });
        http_.Post(
            "/console/logout",
            for_visitors([this](const Request& request, Response& response, const Visitor& who) {
                if (!same_token(form_field(request.body, "csrf"), who.csrf))
                    return show(response, 403, nothing_page(who, "这个表单已经失效，请重新打开"));
                [[maybe_unused]] const auto ignored =
                    accounts_.sign_out(cookie_of(request, session_cookie));
                set_cookie(response, session_cookie, {});
                go_to(response, "/console/login");
            }));
        const auto list =
            for_visitors([this](const Request&, Response& response, const Visitor& who) {
                const auto lines = fleet(*store_, clock_.now());
                if (!lines) return failed(response, who, lines.error());
                show(response, 200, list_page(who, *lines, clock_.now(), std::nullopt));
            });
        http_.Get("/console", list);
        http_.Get("/console/", list);
        http_.Get(
            "/console/t/([0-9]{15})",
            for_visitors([this](const Request& request, Response& response, const Visitor& who) {
                show_terminal(response, who, request.matches[1],
                              request.has_param("sent")
                                  ? said_of(who, request.matches[1],
                                            number_in(request.get_param_value("sent")))
                                  : std::nullopt);
            }));
        http_.Post("/console/t/([0-9]{15})/command",
                   for_doers("command",
                             [this](const Request& request, Response& response,
                                    const Visitor& who) { give_order(request, response, who); }));
        http_.Get("/console/invitations",
                  for_visitors([this](const Request&, Response& response, const Visitor& who) {
                      show_invitations(response, 200, who, std::nullopt, std::nullopt);
                  }));
        http_.Post(
            "/console/invitations",
            for_doers("invite", [this](const Request& request, Response& response,
                                       const Visitor& who) { invite(request, response, who); }));
        http_.Get("/console/versions",
                  for_visitors([this](const Request&, Response& response, const Visitor& who) {
                      const auto lines = fleet(*store_, clock_.now());
                      if (!lines) return failed(response, who, lines.error());
                      show(response, 200, versions_page(who, published(), *lines));
                  }));
        http_.Get("/console/cases",
                  for_visitors([this](const Request&, Response& response, const Visitor& who) {
                      give(response, cases_.list(who));
                  }));
        const std::string one_case = "/console/cases/([0-9A-Z]{1,64})";
        http_.Get(one_case, for_visitors([this](const Request& request, Response& response,
                                                const Visitor& who) {
                      give(response, cases_.one(who, request.matches[1]));
                  }));
        http_.Post(one_case, for_doers("case", [this](const Request& request, Response& response,
                                                      const Visitor& who) {
                       const auto moved = cases_.move(who, request.matches[1], request.body);
                       accounts_.acted(who, "case", {}, moved.outcome);
                       give(response, moved);
                   }));
        http_.Get("/console/acts",
                  for_visitors([this](const Request&, Response& response, const Visitor& who) {
                      show_acts(response, 200, who, std::nullopt);
                  }));
        http_.Post("/console/accounts",
                   for_doers("account",
                             [this](const Request& request, Response& response,
                                    const Visitor& who) { add_account(request, response, who); }));
        http_.Get("/console/voices",
                  for_visitors([this](const Request&, Response& response, const Visitor& who) {
                      const auto page = voices_.list_page(who, clock_.now());
                      if (!page) return failed(response, who, page.error());
                      show(response, 200, *page);
                  }));
        http_.Get(
            "/console/voices/([0-9A-Z]{1,64})",
            for_visitors([this](const Request& request, Response& response, const Visitor& who) {
                show_voice(response, 200, who, request.matches[1], std::nullopt);
            }));
        http_.Post("/console/voices/([0-9A-Z]{1,64})/(reply|close)",
                   for_doers("voice",
                             [this](const Request& request, Response& response,
                                    const Visitor& who) { answer_voice(request, response, who); }));
        http_.set_error_handler(httplib::Server::Handler([](const Request&, Response& response) {
            if (response.body.empty())
                show(response, response.status, nothing_page(std::nullopt, "没有这一页"));
        }));
    }

    void failed(Response& response, const Visitor& who, const base::Fault& fault) {
        show(response, fault.code == FaultCode::AnswerNotFound ? 404 : 503,
             nothing_page(who, fault.code == FaultCode::AnswerNotFound
                                   ? "没有这台终端"
                                   : "现在读不到数据，请稍后再试"));
    }

    void show_voice(Response& response, int status, const Visitor& who, const std::string& number,
                    const std::optional<Word>& word) {
        const auto page = voices_.order_page(who, number, clock_.now(), word);
        if (!page && page.error().code == FaultCode::AnswerNotFound)
            return show(response, 404, nothing_page(who, "没有这张工单"));
        if (!page) return failed(response, who, page.error());
        show(response, status, *page);
    }

    void answer_voice(const Request& request, Response& response, const Visitor& who) {
        const std::string number = request.matches[1], act = request.matches[2];
        const auto done =
            act == "reply" ? voices_.reply(number, form_field(request.body, "text"), clock_.now())
                           : voices_.close(number);
        accounts_.acted(who, "voice-" + act, {},
                        done ? "done" : std::string(base::name(done.error().code)));
        if (done) return go_to(response, "/console/voices/" + number);
        show_voice(response, 422, who, number, Word{false, in_words(done.error())});
    }

    void show_acts(Response& response, int status, const Visitor& who,
                   const std::optional<Word>& word) {
        if (!who.may_see_acts())
            return show(response, 403, nothing_page(who, "只有管理员能看记录"));
        const auto page = [&]() -> base::Result<std::string> {
            const auto acts = TRY(store_->fleet().acts());
            const auto accounts = TRY(store_->fleet().accounts());
            const auto refused = TRY(store_->fleet().refused_sign_ins());
            return acts_page(who, acts, accounts, refused, word);
        }();
        if (!page) return failed(response, who, page.error());
        show(response, status, *page);
    }

    void add_account(const Request& request, Response& response, const Visitor& who) {
        const base::SecretText password(form_field(request.body, "password"));
        const auto role = role_from(form_field(request.body, "role"));
        if (!role) return show(response, 422, nothing_page(who, "不认识的角色"));
        const auto made = accounts_.add(who, form_field(request.body, "name"), *role, password);
        if (made) return go_to(response, "/console/acts");
        if (made.error().code == FaultCode::ConsoleRefused)
            return show(response, 403, nothing_page(who, "只有管理员能建立账号"));
        show_acts(response, 422, who, Word{false, in_words(made.error())});
    }

    // A token that only this browser has, so that nobody signs it in from elsewhere.
    void door(Response& response, int status, const std::optional<Word>& word) {
        const std::string token = fresh_token();
        set_cookie(response, login_cookie, token);
        show(response, status, login_page(token, word));
    }

    void sign_in(const Request& request, Response& response) {
        if (!same_token(form_field(request.body, "csrf"), cookie_of(request, login_cookie)))
            return door(response, 403, Word{false, "页面已经失效，请再登录一次"});
        const base::SecretText password(form_field(request.body, "password"));
        const auto cookie = accounts_.sign_in(form_field(request.body, "name"), password,
                                              who_asks(request, options_.proxy));
        if (!cookie && cookie.error().code == FaultCode::TechnicianMustWait)
            return door(response, 429, Word{false, "试得太多了，请过几分钟再试"});
        if (!cookie && cookie.error().code == FaultCode::ConsoleRefused)
            return door(
                response, 403,
                Word{false, std::string(base::entry(FaultCode::ConsoleRefused).citizen_zh)});
        if (!cookie) return door(response, 503, Word{false, "现在读不到数据，请稍后再试"});
        set_cookie(response, session_cookie, *cookie);
        set_cookie(response, login_cookie, {});
        go_to(response, "/console");
    }

    void show_terminal(Response& response, const Visitor& who, const std::string& terminal,
                       const std::optional<Word>& word) {
        const auto page = [&]() -> base::Result<TerminalPage> {
            TerminalPage out;
            auto lines = TRY(fleet(*store_, clock_.now()));
            const auto found = std::find_if(lines.begin(), lines.end(), [&](const auto& line) {
                return line.place.terminal == terminal;
            });
            if (found == lines.end()) return base::fail(FaultCode::AnswerNotFound, terminal);
            out.line = std::move(*found);
            auto& book = store_->fleet();
            out.history = TRY(book.history(terminal));
            out.commands = TRY(book.commands(terminal));
            auto reports = TRY(book.reports(terminal));
            for (auto& report : reports)
                if (report.outcome.starts_with(papers::refused_begins))
                    out.refused.push_back(std::move(report));
            return out;
        }();
        if (!page) return failed(response, who, page.error());
        show(response, word && !word->good ? 422 : 200,
             terminal_page(who, *page, clock_.now(), word));
    }

    // Whatever a link says: only of a command that there is and that this visitor gave.
    std::optional<Word> said_of(const Visitor& who, const std::string& terminal,
                                std::int64_t serial) {
        const auto commands = store_->fleet().commands(terminal);
        if (!commands) return std::nullopt;
        const auto own = std::ranges::find_if(*commands, [&](const CommandRow& one) {
            return one.serial == serial && one.ordered_by == who.name;
        });
        if (own == commands->end()) return std::nullopt;
        return Word{true, "指令 " + std::to_string(serial) + "（" + kind_zh(own->kind) +
                              "）已下达：" + state_zh(*own, clock_.now())};
    }

    void give_order(const Request& request, Response& response, const Visitor& who) {
        const std::string terminal = request.matches[1];
        const auto kind = papers::command_kind_from(form_field(request.body, "kind"));
        if (!kind) return show(response, 422, nothing_page(who, "不认识的指令"));
        Order what;
        what.terminal = terminal;
        what.kind = *kind;
        what.by = who.name;
        if (*kind == domain::CommandKind::notice) {
            what.text = form_field(request.body, "text");
            what.good_for = hours_in(form_field(request.body, "hours"));
        }
        const auto serial =
            options_.issuer
                ? order(*store_, *options_.issuer, options_.realm, what, clock_.now())
                : base::Result<std::int64_t>(base::fail(FaultCode::KeyAbsent, "no issuer here"));
        accounts_.acted(who, std::string(domain::name(*kind)), terminal,
                        serial ? "done" : std::string(base::name(serial.error().code)));
        if (serial)
            return go_to(response, "/console/t/" + terminal + "?sent=" + std::to_string(*serial));
        if (serial.error().code == FaultCode::AnswerNotFound)
            return failed(response, who, serial.error());
        show_terminal(response, who, terminal, Word{false, in_words(serial.error())});
    }

    void show_invitations(Response& response, int status, const Visitor& who,
                          const std::optional<FreshInvitation>& fresh,
                          const std::optional<Word>& word) {
        const auto invitations = store_->book().invitations();
        if (!invitations) return failed(response, who, invitations.error());
        show(response, status, invitations_page(who, *invitations, fresh, clock_.now(), word));
    }

    void invite(const Request& request, Response& response, const Visitor& who) {
        Invite what;
        what.place.terminal = form_field(request.body, "terminal");
        what.place.division = what.place.terminal.substr(0, 12);
        what.place.point = form_field(request.body, "point");
        what.centre = form_field(request.body, "centre");
        what.valid_for = hours_in(form_field(request.body, "hours"));
        if (form_field(request.body, "replaces") == "yes") what.replaces = what.place.terminal;
        const auto made = [&]() -> base::Result<MadeInvitation> {
            if (!options_.issuer) return base::fail(FaultCode::KeyAbsent, "no issuer here");
            what.place.profile =
                TRY(papers::wire::profile_from(form_field(request.body, "profile")));
            return make_invitation(store_->book(), options_.root, what, clock_.now());
        }();
        accounts_.acted(who, "invite",
                        sealing::is_terminal_id(what.place.terminal) ? what.place.terminal : "",
                        made ? "done" : std::string(base::name(made.error().code)));
        if (!made)
            return show_invitations(response, 422, who, std::nullopt,
                                    Word{false, in_words(made.error())});
        show_invitations(
            response, 200, who,
            FreshInvitation{what.place.terminal, what.place.point, made->invitation.code.text(),
                            made->invitation.text(), as_svg(made->modules), made->until},
            std::nullopt);
    }

    std::vector<FeedInUse> published() const {
        std::vector<FeedInUse> out;
        for (const auto feed : papers::all_feeds) {
            if (feed == papers::Feed::status) continue;
            const auto versions = feeds::staged_versions(options_.feeds_folder, feed);
            out.push_back(
                {std::string(papers::name(feed)), versions.empty() ? 0 : versions.front()});
        }
        return out;
    }

    ConsoleOptions options_;
    std::shared_ptr<CaseStore> store_;
    const base::Clock& clock_;
    Accounts accounts_;
    VoiceDesk voices_;
    CaseDesk cases_;
    std::unique_ptr<httplib::Server> server_;
    httplib::Server& http_;
    int port_ = 0;
    std::atomic<bool> ended_{false};
    std::jthread listener_;
};

ConsoleServer::ConsoleServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ConsoleServer::~ConsoleServer() = default;
int ConsoleServer::port() const {
    return impl_->port();
}

base::Result<std::unique_ptr<ConsoleServer>> ConsoleServer::listen(ConsoleOptions options,
                                                                   std::shared_ptr<CaseStore> store,
                                                                   const base::Clock& clock,
                                                                   base::EventLog& log) {
    auto impl = std::make_unique<Impl>(std::move(options), std::move(store), clock, log);
    TRY_STATUS(impl->listen());
    return std::unique_ptr<ConsoleServer>(new ConsoleServer(std::move(impl)));
}

base::Result<std::unique_ptr<ConsoleServer>> ConsoleServer::adopt(int listening,
                                                                  ConsoleOptions options,
                                                                  std::shared_ptr<CaseStore> store,
                                                                  const base::Clock& clock,
                                                                  base::EventLog& log) {
    auto impl = std::make_unique<Impl>(std::move(options), std::move(store), clock, log);
    TRY_STATUS(impl->adopt(listening));
    return std::unique_ptr<ConsoleServer>(new ConsoleServer(std::move(impl)));
}

}  // namespace offline::intake::console
