#!/usr/bin/perl
# What the StreamingCockpit plugin does, written from the wire contract alone: connect, ready,
# get_providers, get_categories, get_media_items, start, the start broadcast, stop.
# Usage: plugin.pl PORT PROVIDER REC_DIR. Needs nothing but a base Perl. Dies where the server strays.
use strict;
use warnings;
use IO::Socket::INET;

my ($port, $provider, $rec_dir) = @ARGV;
my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, Proto => 'tcp', Timeout => 10)
  or die "cannot connect: $!";
$SIG{ALRM} = sub { die "no answer within 30 s\n" };
alarm 30;

sub transmit {
  my ($json) = @_;
  print {$socket} pack('N', length $json) . $json or die "cannot send: $!";
  $socket->flush;
}

sub take {
  my ($count) = @_;
  my $bytes = '';
  while (length $bytes < $count) {
    my $got = sysread $socket, $bytes, $count - length $bytes, length $bytes;
    die "the server closed the connection\n" unless $got;
  }
  return $bytes;
}

sub message {
  my $json = take(unpack 'N', take(4));
  print "< $json\n";
  return $json;
}

# The object in a list "data" that has this field, as the text that came: the plugin sends it back whole.
sub object_with {
  my ($json, $field, $value) = @_;
  my $object = qr/\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/;
  my ($data) = $json =~ /"data":\s*(\[.*\])/ or die "no data in $json\n";
  while ($data =~ /($object)/g) {
    my $found = $1;
    return $found if $found =~ /"$field":\s*"\Q$value\E"/;
  }
  die "nothing with $field $value in $data\n";
}

sub field {
  my ($json, $name) = @_;
  my ($value) = $json =~ /"$name":\s*"((?:[^"\\]|\\.)*)"/ or die "no field $name in $json\n";
  return $value;
}

message() eq '["ready",{}]' or die "the first message is not ready\n";

transmit('["get_providers", {"data_dir": "/tmp/data"}]');
my $config = object_with(message(), 'provider_id', $provider);

transmit("[\"get_categories\", {\"provider\": $config, \"data_dir\": \"/tmp/data\"}]");
my $category = object_with(message(), 'name', 'Films');

transmit("[\"get_media_items\", {\"provider\": $config, \"data_dir\": \"/tmp/data\", \"category\": $category}]");
my $item = object_with(message(), 'title', 'A moving picture');
my $url = field($item, 'url');

transmit("[\"start\", {\"url\": \"$url\", \"rec_dir\": \"$rec_dir\", \"show_ads\": false, \"buffering\": 5,"
    . " \"provider\": $config, \"av1\": false, \"quality\": \"provider\"}]");
my $start = message();
$start =~ /^\["start",/ or die "no start broadcast\n";
my $file = field($start, 'rec_file');
-s $file or die "$file is announced and empty\n";
field($start, 'recorder_id') eq field($start, 'type') or die "recorder_id and recorder.type differ\n";

my $stop = message();
$stop =~ /^\["stop",/ or die "no stop broadcast\n";
field($stop, 'reason') eq 'complete' or die "not complete\n";
print "OK $file\n";
