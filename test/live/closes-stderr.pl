#!/usr/bin/env perl
# A daemon of the field: it closes STDERR, connects, and then runs another program. The socket got
# descriptor 2, so that the program's warning goes down the connection.
#   closes-stderr.pl PORT USER DATABASE PLUGIN stay|leave    (the account has no password)
# One that stays prints the server's answer; one that leaves does not wait for the answer to its query.
use strict;
use warnings;
use Socket;

my ($port, $user, $database, $plugin, $then) = @ARGV;

close STDERR;
socket(my $server, PF_INET, SOCK_STREAM, getprotobyname('tcp')) or die;
fileno($server) == 2 or die 'the socket is descriptor ' . fileno($server);
connect($server, sockaddr_in($port, inet_aton('127.0.0.1'))) or die "connect: $!";

# A packet of the client/server protocol: its length in three bytes, its number, its content
sub packet_of { my ($number, $content) = @_; substr(pack('V', length $content), 0, 3) . chr($number) . $content }
sub send_packet { my ($number, $content) = @_; syswrite $server, packet_of($number, $content) }

sub receive {
    sysread($server, my $head, 4) or return 'the connection was closed';
    my $left = unpack 'V', substr($head, 0, 3) . "\0";
    my $content = '';
    while ($left > 0) {
        sysread($server, my $part, $left) or return 'the connection was closed';
        $content .= $part;
        $left -= length $part;
    }
    return $content;
}

receive();    # the greeting
# CLIENT_LONG_PASSWORD, _CONNECT_WITH_DB, _PROTOCOL_41, _SECURE_CONNECTION, _PLUGIN_AUTH
send_packet(1, pack('VVCx23', 0x0008_8209, 1 << 24, 33) . "$user\0\0$database\0$plugin\0");
my $number = 3;
while ((my $answer = receive()) !~ /^\x00/) {
    die "no login: $answer" if $answer =~ /^\xff/ || $number > 5;
    # Another plugin is asked for: an empty password is the same in all of them
    send_packet($number, '') if $answer =~ /^\xfe/;
    $number += 2;
}

send_packet(0, chr(3) . 'SELECT SLEEP(1)') if $then eq 'leave';
system 'echo "rndc: warning: key file exists, but using default configuration file" >&2';

exit if $then eq 'leave';
# ERR_Packet: 0xff, the number of the error, '#' and five characters, its text
my $answer = receive();
print $answer =~ /^\xff/ ? unpack('v', substr $answer, 1, 2) . ' ' . substr($answer, 9) : $answer, "\n";
