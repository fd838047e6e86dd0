# A repository of higher priority comes before a newer version.
repo system 0 empty
repo one 10 testtags <inline>
#>=Ver: 3.0
#>=Pkg: a 1 1 noarch
#>=Prv: a = 1-1
repo two 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: a 2 1 noarch
#>=Prv: a = 2-1
system x86_64 rpm system
job install name a
result transaction,problems <inline>
#>install a-1-1.noarch@one
